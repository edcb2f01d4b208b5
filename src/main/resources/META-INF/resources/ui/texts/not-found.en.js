export default {
  'missing': 'There is no such page',
  'missing.why': 'Nothing is at this address. It may have been mistyped.',
  'missing.floor': 'Go to the floor',
};
