// Which follow-ups are listed: in the page's address, and of the server. Pure.

export const KINDS = ['CALLBACK', 'EMAIL', 'APPOINTMENT', 'ESCALATION', 'ORDER', 'INFORMATION', 'OTHER']
  .map((kind) => `FOLLOW_UP_KIND_${kind}`);
export const STATES = ['open', 'overdue', 'done'];

/** @param search of the address */
export function readPlace(search) {
  const given = new URLSearchParams(search);
  const place = { state: STATES.includes(given.get('state')) ? given.get('state') : 'open' };
  for (const name of ['agent', 'scope', 'team', 'department', 'customer']) place[name] = given.get(name) ?? '';
  return place;
}

export function writePlace(place) {
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries(place)) if (value && !(name === 'state' && value === 'open')) written.set(name, value);
  return `?${written}`;
}

/**
 * What the caller has lists of: his own, his team's, a department's, and all that he reaches.
 * @param who `agent` (empty for nobody) and `supervises`
 */
export function scopesOf({ agent, supervises }) {
  return [...(agent ? ['mine'] : []), 'team', 'department', ...(supervises ? ['all'] : [])];
}

/**
 * A `ListFollowUpsRequest`; null where it is not known yet whose list is meant.
 * @param whose `agent`, `teams` and `department`
 */
export function listRequest(scope, state, customer, { agent, teams, department }) {
  const named = { mine: ['agent_ids', [agent]], team: ['team_ids', teams], department: ['department_ids', [department]] }[scope];
  if (named && !named[1].some(Boolean)) return null;
  const request = named ? { [named[0]]: named[1] } : {};
  if (customer) request.customer_id = customer;
  if (state === 'overdue') request.overdue = true;
  if (state === 'done') Object.assign(request, { states: ['FOLLOW_UP_STATE_DONE', 'FOLLOW_UP_STATE_CANCELLED'], latest_first: true });
  return request;
}

/** What of a follow-up the caller may do, so that he is offered nothing that will be refused. */
export function offers(followUp, { agent, supervises }) {
  const open = followUp.state === 'FOLLOW_UP_STATE_OPEN';
  const change = supervises || followUp.holder_agent_id === agent;
  return { take: open && Boolean(agent) && !followUp.details.assignee?.agent_id, change: open && change, reopen: !open && change, look: change };
}

/** Whose it is: `kind` is `agent`, `team` or `department`. */
export function assignee(followUp) {
  const [[field, id]] = Object.entries(followUp.details.assignee ?? { agent_id: followUp.holder_agent_id });
  return { kind: field.replace('_id', ''), id };
}
