export default {
  'access.out.here': 'You are signed out.',
  'access.open': 'Nobody has to sign in on this server.',
  'access.floor': 'Go to the floor',
  'access.done': 'You are signed in',
  'access.close': 'You can close this window.',
  'access.unexpected': 'That took too long, or was begun in another window. Please sign in again.',
  'access.declined': 'You were not signed in.',
  'access.refused': 'You are known, and have no access here: your account names no tenant that is served, or no role. Ask whoever manages the accounts.',
  'access.unavailable': 'Signing in does not work at the moment. Please try again later.',
};
