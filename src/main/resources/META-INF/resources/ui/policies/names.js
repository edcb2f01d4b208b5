// Names to choose from: of agents, and of queues, which nobody sets up.
import { call } from '../lib/call.js';
import { now } from '../lib/clock.js';

const PAGE = 1_000;

/** For so long a queue is remembered, and on which borders reports begin and end; in milliseconds. */
const SEEN = 30 * 86_400_000;
const QUARTER = 900_000;

/** Every page of a list. */
export async function all(path, request, field, signal) {
  const found = [];
  for (let token = ''; ;) {
    const answer = await call(path, { ...request, page_size: PAGE, page_token: token }, { signal });
    found.push(...(answer[field] ?? []));
    token = answer.next_page_token;
    if (!token) return found;
  }
}

/** Some agents who are called like this. */
export async function agentNames(text, signal) {
  const { agents = [] } = await call('AgentService/ListAgents', { id_contains: text.trim(), page_size: 20 }, { signal });
  return agents.map((agent) => agent.agent_id);
}

/** The queues that anything came through of late, as reports tell them. */
export async function queuesSeen() {
  const end = Math.ceil(now() / QUARTER) * QUARTER;
  const [start_time, end_time] = [end - SEEN, end].map((at) => new Date(at).toISOString());
  const rows = await all('ReportService/GetAcwReport', { query: { start_time, end_time, group_by: ['REPORT_DIMENSION_QUEUE'] } }, 'rows');
  return rows.map((row) => row.queue_id).filter(Boolean);
}
