// Which agents the floor shows, in which order and in which groups. Pure.

/** From what a supervisor has to look at first to what he need not. */
export const STATUSES = ['AFTER_CALL_WORK', 'ENGAGED', 'AVAILABLE', 'RESTING', 'NOT_READY', 'OFFLINE']
  .map((status) => `AGENT_STATUS_${status}`);

const RANKS = new Map(STATUSES.map((status, rank) => [status, rank]));

/** How many agents have each status. */
export function counts(agents) {
  const found = new Map(STATUSES.map((status) => [status, 0]));
  for (const agent of agents) found.set(agent.status, (found.get(agent.status) ?? 0) + 1);
  return found;
}

/** The queues of what an agent is doing. */
export function queues(agent) {
  const work = [...(agent.interactions ?? []), ...(agent.acws ?? []).map((acw) => acw.interaction ?? {})];
  return [...new Set(work.map((interaction) => interaction.queue_id).filter(Boolean))];
}

/** The ACW that ends last, which is what the agent waits for; undefined if none is open. */
export function decidingAcw(agent) {
  return (agent.acws ?? []).reduce((one, other) => {
    if (!one) return other;
    if (!one.deadline_time) return one;
    return !other.deadline_time || other.deadline_time > one.deadline_time ? other : one;
  }, undefined);
}

/** How many ACWs are open of each team or each queue, for those with any. */
export function openAcws(agents, by) {
  const found = new Map();
  for (const agent of agents) {
    for (const { interaction } of agent.acws ?? []) {
      const name = by === 'team' ? agent.team_id : interaction?.queue_id;
      if (name) found.set(name, (found.get(name) ?? 0) + 1);
    }
  }
  return found;
}

/** @param wish `text`, and `statuses`, a set that is empty for all */
export function matching(agents, { text, statuses }) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return agents.filter((agent) => {
    if (statuses.size && !statuses.has(agent.status)) return false;
    if (!words.length) return true;
    const about = [agent.agent_id, agent.team_id, agent.not_ready_reason, ...queues(agent), ...customers(agent),
      ...Object.entries(agent.labels ?? {}).flat()].join(' ').toLowerCase();
    return words.every((word) => about.includes(word));
  });
}

function customers(agent) {
  return [...(agent.interactions ?? []), ...(agent.acws ?? []).map((acw) => acw.interaction ?? {})]
    .map((interaction) => interaction.customer_id);
}

const byName = (one, other) => (one.agent_id < other.agent_id ? -1 : 1);
const bySince = (one, other) => (one.status_since_time === other.status_since_time
  ? byName(one, other) : one.status_since_time < other.status_since_time ? -1 : 1);

/** @param order `status`, `name` or `longest` */
export function sorted(agents, order) {
  return [...agents].sort({
    name: byName,
    longest: bySince,
    status: (one, other) => RANKS.get(one.status) - RANKS.get(other.status) || bySince(one, other),
  }[order]);
}

/**
 * Groups in the order of their names, those without one last; an agent of several queues is in each.
 * @param by `none`, `team` or `queue`
 * @returns a list of `[name, agent ids]`; the name is empty for those without
 */
export function grouped(agents, by) {
  if (by === 'none') return [[null, agents.map((agent) => agent.agent_id)]];
  const groups = new Map();
  for (const agent of agents) {
    const names = by === 'team' ? [agent.team_id].filter(Boolean) : queues(agent);
    for (const name of names.length ? names : ['']) {
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(agent.agent_id);
    }
  }
  return [...groups].sort(([one], [other]) => (one === '') - (other === '') || (one < other ? -1 : 1));
}
