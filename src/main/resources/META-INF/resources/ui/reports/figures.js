// What a report's figures are called, how they are written, and what of them is drawn. Pure but for the language.
import { has, language, name, t } from '../lib/texts.js';
import { clockSpan } from '../lib/spans.js';

export const REASONS = ['COMPLETED', 'TIMED_OUT', 'FORCED', 'LOGGED_OUT', 'POLICY_DISABLED', 'INTERRUPTED']
  .map((reason) => `ACW_END_REASON_${reason}`);

/** English and Spanish of a country, if that is what the browser speaks. */
export const locale = navigator.languages.find((tag) => tag.slice(0, 2) === language()) ?? language();

const seconds = (text) => (text === undefined ? null : parseFloat(text));
const count = (text) => Number(text ?? 0);

/** `value` is a number, or null where there is none; `write` makes text of it. */
const duration = (field) => ({ key: field, value: (figures) => seconds(figures[field]), write: spanText });
const number = (field) => ({ key: field, value: (figures) => count(figures[field]), write: numberText });
const share = (field) => ({ key: field, value: (figures) => figures[field] ?? null, write: shareText });
const reason = (which) => ({
  key: which,
  value: (figures) => count(figures.end_reasons?.find((one) => one.end_reason === which)?.acw_count),
  write: numberText,
});

const ACWS = number('acw_count');
const TIMES = ['average', 'p50', 'p90', 'p95', 'max'].map((one) => duration(`${one}_acw_duration`));
const PARTS = ['talk_duration', 'hold_duration', 'acw_duration'].map(duration);

/** For each view the columns of its table, and which of them its charts draw: over time, and side by side. */
export const COLUMNS = {
  times: { columns: [ACWS, ...TIMES], lines: TIMES.slice(0, 4), bars: [TIMES[0], TIMES[2]] },
  reasons: { columns: [ACWS, ...REASONS.map(reason)], bars: REASONS.map(reason), stacked: true },
  handling: {
    columns: [number('handled_count'), ...PARTS, duration('average_handle_duration'), share('acw_share'),
      duration('available_duration'), share('occupancy')],
    bars: PARTS,
    stacked: true,
  },
  extensions: { columns: [ACWS, number('extended_count'), share('extension_rate')], bars: [share('extension_rate')] },
};

export const TOTALS = [number('handled_count'), ACWS, TIMES[0], TIMES[2], duration('average_handle_duration'), share('acw_share'),
  share('extension_rate'), share('occupancy')];

export const DISTRIBUTION = TIMES;

/** In whole seconds: percentiles are rounded down to steps of half a second or more, so that averages beside them say no more. */
export function spanText(value) {
  return value === null ? '–' : clockSpan(Math.round(value) * 1_000);
}

const MINUTE = 60;
const STEPS = [1, MINUTE, 60 * MINUTE].flatMap((unit) => [1, 2, 5, 10, 15, 30].map((one) => one * unit));

/** In seconds, how far apart marks on an axis up to this are: whole seconds, minutes and hours read better than decimals. */
export function spanStep(most) {
  return STEPS.find((step) => most / step <= 6);
}

/** What a figure's abbreviation stands for; null if it is none. */
export function titleOf(key) {
  return has(`reports.column.${key}.title`) ? t(`reports.column.${key}.title`) : null;
}

/** A value as charts draw it: as long as what is written beside it says. */
export function drawn({ value, write }, figures) {
  const exact = value(figures);
  return exact !== null && write === spanText ? Math.round(exact) : exact;
}

export function numberText(value) {
  return value.toLocaleString(locale);
}

export function shareText(value) {
  return value === null ? '–' : value.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 1 });
}

/** The columns of what is told apart: each with its text, what it is sorted by, and the filter that it may become. */
export function labels(by, zone, withTime, dispositions) {
  const time = {
    key: 'time', text: (row) => timeText(row, zone), order: (row) => row.start_time, filter: () => null,
  };
  return [...(withTime ? [time] : []), ...by.map((one) => {
    const id = (row) => (one === 'channel' ? (row.channel ?? '').replace('CHANNEL_', '').toLowerCase()
      : one === 'disposition' ? row.disposition_code ?? '' : row[`${one}_id`] ?? '');
    const text = (row) => {
      const found = id(row);
      if (!found) return t(`reports.without.${one}`);
      return one === 'channel' ? name(row.channel) : one === 'disposition' ? dispositions?.get(found) ?? found : found;
    };
    return { key: one, text, order: (row) => text(row).toLowerCase(), filter: (row) => (id(row) ? [one, id(row)] : null) };
  })];
}

/** A piece of time: its day, or its day and where it begins. */
export function timeText(row, zone) {
  const day = Date.parse(row.end_time) - Date.parse(row.start_time) > 20 * 3_600_000;
  return new Date(row.start_time).toLocaleString(locale, {
    timeZone: zone, weekday: 'short', day: '2-digit', month: '2-digit', ...(day ? {} : { hour: '2-digit', minute: '2-digit' }),
  });
}

/** Those without a value are last either way. */
export function sortedRows(rows, { order, down }) {
  return [...rows].sort((one, other) => {
    const [left, right] = [order(one), order(other)];
    if (left === right) return 0;
    if (left === null || right === null) return left === null ? 1 : -1;
    return (left < right ? -1 : 1) * (down ? -1 : 1);
  });
}
