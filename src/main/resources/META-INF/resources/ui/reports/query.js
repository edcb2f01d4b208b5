// What is asked of a report: in the page's address, and of the server. Pure.
import { midnight, timeOf, wallTime, weekday } from './zones.js';

export const SPANS = ['today', 'yesterday', 'week', '7', '30', 'custom'];
export const INTERVALS = ['auto', '15', '30', 'hour', 'day', 'none'];
export const DIMENSIONS = ['queue', 'agent', 'team', 'disposition', 'channel'];
export const CHANNELS = ['voice', 'chat', 'email', 'task'];
export const VIEWS = ['times', 'reasons', 'handling', 'extensions'];

/** The lists of ids that a report can be kept to, by their names in the address and in the contract. */
export const FILTERS = {
  queue: 'queue_ids', agent: 'agent_ids', team: 'team_ids', disposition: 'disposition_codes', channel: 'channels',
};

const WIRE_INTERVALS = { 15: 'QUARTER_HOUR', 30: 'HALF_HOUR', hour: 'HOUR', day: 'DAY' };

const DEFAULTS = { report: 'acw', span: 'today', from: '', to: '', interval: 'auto', show: 'times', min: '20', share: '50' };

/** @param zone of those who have chosen none */
export function readWish(search, zone) {
  const given = new URLSearchParams(search);
  const list = (name) => (given.get(name) ?? '').split(',').filter(Boolean);
  const wish = { zone: given.get('tz') || zone, by: given.has('by') ? list('by').filter((one) => DIMENSIONS.includes(one)) : ['queue'] };
  for (const name of Object.keys(DEFAULTS)) wish[name] = given.get(name) || DEFAULTS[name];
  if (!SPANS.includes(wish.span)) wish.span = DEFAULTS.span;
  if (!INTERVALS.includes(wish.interval)) wish.interval = DEFAULTS.interval;
  if (!VIEWS.includes(wish.show)) wish.show = DEFAULTS.show;
  wish.only = Object.fromEntries(Object.keys(FILTERS).map((name) => [name, list(name)]));
  return wish;
}

/** The other way; what is as usual is left out, but not the zone: who follows a link means the same days. */
export function writeWish(wish) {
  const written = new URLSearchParams();
  for (const [name, usual] of Object.entries(DEFAULTS)) {
    const ofSpan = name === 'from' || name === 'to';
    if (wish[name] !== usual && (!ofSpan || wish.span === 'custom')) written.set(name, wish[name]);
  }
  written.set('tz', wish.zone);
  if (wish.by.join() !== 'queue') written.set('by', wish.by.join());
  for (const [name, ids] of Object.entries(wish.only)) if (ids.length) written.set(name, ids.join());
  return `?${written}`;
}

/** From when until when, not included, as wall times of the wish's zone. */
export function period(wish, now) {
  const today = midnight(wallTime(now, wish.zone));
  const tomorrow = midnight(today, 1);
  switch (wish.span) {
    case 'yesterday': return [midnight(today, -1), today];
    case 'week': return [midnight(today, -weekday(today)), tomorrow];
    case '7': return [midnight(today, -6), tomorrow];
    case '30': return [midnight(today, -29), tomorrow];
    case 'custom': return [wish.from || today, wish.to || tomorrow];
    default: return [today, tomorrow];
  }
}

/** The interval that is meant: by itself hours for a day, and days for more. */
export function intervalOf(wish) {
  if (wish.interval !== 'auto') return wish.interval;
  return wish.span === 'today' || wish.span === 'yesterday' ? 'hour' : 'day';
}

export function timesOf(wish, now) {
  const [start, end] = period(wish, now).map((wall) => new Date(timeOf(wall, wish.zone)).toISOString());
  return { start_time: start, end_time: end };
}

/**
 * An `AcwReportQuery`.
 * @param cut whether into the wish's intervals
 * @param by which dimensions are told apart
 */
export function reportQuery(wish, now, { cut, by }) {
  const query = { ...timesOf(wish, now), time_zone: wish.zone };
  const interval = WIRE_INTERVALS[intervalOf(wish)];
  if (cut && interval) query.interval = `REPORT_INTERVAL_${interval}`;
  if (by.length) query.group_by = by.map((one) => `REPORT_DIMENSION_${one.toUpperCase()}`);
  for (const [name, field] of Object.entries(FILTERS)) {
    const ids = wish.only[name];
    if (ids.length) query[field] = name === 'channel' ? ids.map((id) => `CHANNEL_${id.toUpperCase()}`) : ids;
  }
  return query;
}

export function paddingRequest(wish, now) {
  const request = { ...timesOf(wish, now), min_acw_count: Number(wish.min), min_limit_share: Number(wish.share) / 100 };
  if (wish.only.queue.length) request.queue_ids = wish.only.queue;
  if (wish.only.team.length) request.team_ids = wish.only.team;
  return request;
}
