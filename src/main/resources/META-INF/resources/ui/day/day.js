// What an agent did in a day, as the server tells it.
import { call, Problem } from '../lib/call.js';
import { dayAfter, midnight } from './dates.js';

/** The answer to GetAgentDay with times in milliseconds, and the wrap-ups of the day for who may read them. */
export async function readDay(agentId, day, { signal }) {
  const span = {
    start_time: new Date(midnight(day)).toISOString(),
    end_time: new Date(midnight(dayAfter(day, 1))).toISOString(),
  };
  const [told, wrapUps] = await Promise.all([
    call('ReportService/GetAgentDay', { agent_id: agentId, ...span }, { signal }),
    readWrapUps({ agent_ids: [agentId], ...span }, signal),
  ]);
  const asOf = Date.parse(told.as_of_time);
  return {
    from: Date.parse(span.start_time),
    until: Date.parse(span.end_time),
    asOf,
    completeFrom: Date.parse(told.complete_from_time),
    spans: (told.statuses ?? []).map((span) => ({
      status: span.status,
      reason: span.not_ready_reason ?? '',
      from: Date.parse(span.start_time),
      until: span.end_time ? Date.parse(span.end_time) : asOf,
      lasts: !span.end_time,
    })),
    acws: told.acws ?? [],
    omitted: told.omitted_acw_count ?? 0,
    figures: told.figures ?? {},
    queues: told.queues ?? [],
    ...wrapUps,
  };
}

/** `null` for who may not read any. */
export async function readWrapUps(request, signal) {
  try {
    const page = await call('WrapUpService/SearchWrapUps', request, { signal });
    return { wrapUps: page.records ?? [], next: page.next_page_token && { ...request, page_token: page.next_page_token } };
  } catch (failure) {
    if (failure instanceof Problem && failure.code === 'PERMISSION_DENIED') return { wrapUps: null };
    throw failure;
  }
}

/** Milliseconds of a span such as `20.5s`. */
export function millis(duration) {
  return duration ? parseFloat(duration) * 1_000 : 0;
}
