// Which policy is meant: its scope, the id of the team, queue or agent, and the interactions that it is for. Pure.

export const SCOPES = ['TENANT', 'TEAM', 'QUEUE', 'AGENT'].map((scope) => `POLICY_SCOPE_${scope}`);
export const CHANNELS = ['VOICE', 'CHAT', 'EMAIL', 'TASK'].map((channel) => `CHANNEL_${channel}`);
export const DIRECTIONS = ['INBOUND', 'OUTBOUND', 'INTERNAL'].map((direction) => `DIRECTION_${direction}`);

/** As messages of the contract have it: without `conditions` where there are none. */
export function keyFor(scope, scopeId = '', channel = '', direction = '') {
  const conditions = { ...(channel && { channel }), ...(direction && { direction }) };
  return { scope, ...(scopeId && { scope_id: scopeId }), ...(Object.keys(conditions).length && { conditions }) };
}

export const TENANT = keyFor('POLICY_SCOPE_TENANT');

/** That of a policy, a revision or a provenance. */
export function keyOf({ scope, scope_id: id, conditions }) {
  return keyFor(scope, id, conditions?.channel, conditions?.direction);
}

/** The same policy for other interactions. */
export function withConditions(key, channel, direction) {
  return keyFor(key.scope, key.scope_id, channel, direction);
}

/** One word for it, which stands in addresses: `TEAM/sales/VOICE/INBOUND`; a part that is not said is empty. */
export function idOf(key) {
  const { channel = '', direction = '' } = key.conditions ?? {};
  const parts = [key.scope.replace('POLICY_SCOPE_', ''), key.scope_id ?? '',
    channel.replace('CHANNEL_', ''), direction.replace('DIRECTION_', '')];
  return parts.map(encodeURIComponent).join('/').replace(/\/+$/, '');
}

/** The key that `idOf` wrote; null if it is none. */
export function keyFrom(text) {
  let parts;
  try {
    parts = text.split('/').map(decodeURIComponent);
  } catch {
    return null;
  }
  const [scope, id, channel, direction] = parts;
  const found = keyFor(`POLICY_SCOPE_${scope}`, id, channel && `CHANNEL_${channel}`, direction && `DIRECTION_${direction}`);
  const known = SCOPES.includes(found.scope) && (!channel || CHANNELS.includes(found.conditions.channel))
    && (!direction || DIRECTIONS.includes(found.conditions.direction));
  return known && (found.scope === SCOPES[0]) === !id ? found : null;
}

/** For which interactions GetEffectivePolicy is asked, to see what this policy comes to. */
export function contextOf(key) {
  const id = key.scope_id;
  return {
    ...(key.scope === 'POLICY_SCOPE_AGENT' && { agent_id: id }),
    ...(key.scope === 'POLICY_SCOPE_TEAM' && { team_id: id }),
    ...(key.scope === 'POLICY_SCOPE_QUEUE' && { queue_id: id }),
    ...key.conditions,
  };
}

/** Whether the server would let this user change the policy. */
export function mayChange({ roles, team_ids: teams }, key, ownAgents = true) {
  if (roles.includes('admin') || !teams.length) return true;
  return key.scope === 'POLICY_SCOPE_TEAM' ? teams.includes(key.scope_id) : key.scope === 'POLICY_SCOPE_AGENT' && ownAgents;
}

/** Whether this user has the whole tenant before him. */
export function wholeTenant({ roles, team_ids: teams }) {
  return roles.includes('admin') || !teams.length;
}
