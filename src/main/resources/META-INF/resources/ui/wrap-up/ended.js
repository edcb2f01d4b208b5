// How work ended without this window, for the agent to know.
import { call, NoAnswer, Problem } from '../lib/call.js';
import { t } from '../lib/texts.js';

/** Days begin and end on quarters of an hour; in milliseconds. */
const QUARTER = 900_000;

/** Why work ended without this window: `reason`, and `why` if a supervisor has said it. */
export function endedText({ reason, why }) {
  return [t(`ended.${reason}`), why && t('ended.why', { reason: why })].filter(Boolean).join(' ');
}

/** Why a supervisor ended it, which only the agent's day tells. Empty if it does not, or there is no answer. */
export async function forceReason(agentId, acwId, time) {
  const end = (Math.floor(Date.parse(time) / QUARTER) + 1) * QUARTER;
  const [start_time, end_time] = [end - QUARTER, end].map((at) => new Date(at).toISOString());
  try {
    const { acws = [] } = await call('ReportService/GetAgentDay', { agent_id: agentId, start_time, end_time });
    return acws.find(({ acw }) => acw.acw_id === acwId)?.acw.force_reason ?? '';
  } catch (failure) {
    if (failure instanceof NoAnswer || failure instanceof Problem) return '';
    throw failure;
  }
}
