// Days and times by the clocks of this browser.
import { now } from '../lib/clock.js';
import { locale } from '../lib/texts.js';

const pad = (number) => String(number).padStart(2, '0');

/** `2026-03-29`. */
function write(date) {
  return `${String(date.getFullYear()).padStart(4, '0')}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

export function today() {
  return write(new Date(now()));
}

/** The same, if it is one that the calendar has; today otherwise. */
export function dayOr(text) {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? '') ?? [];
  const found = year && new Date(year, month - 1, day);
  return found && write(found) === text ? text : today();
}

export function dayAfter(text, days) {
  const [year, month, day] = text.split('-');
  return write(new Date(year, month - 1, Number(day) + days));
}

/** Where a day begins, in milliseconds. It ends where the next one begins: 23 or 25 hours later where clocks change. */
export function midnight(text) {
  const [year, month, day] = text.split('-');
  return new Date(year, month - 1, day).getTime();
}

/** `Sunday, 29 March 2026`. */
export function dayInWords(text) {
  return new Date(midnight(text)).toLocaleDateString(locale(), { dateStyle: 'full' });
}

/** `14:05:09`. */
export function timeInWords(time) {
  return new Date(time).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** `29/03/2026, 14:05`, for a time of another day. */
export function momentInWords(time) {
  return new Date(time).toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'short' });
}

/** `Europe/Madrid (GMT+1)`, as it is on that day. */
export function zoneInWords(text) {
  const offset = new Intl.DateTimeFormat(locale(), { timeZoneName: 'shortOffset' })
    .formatToParts(midnight(text)).find(({ type }) => type === 'timeZoneName').value;
  return `${Intl.DateTimeFormat().resolvedOptions().timeZone} (${offset})`;
}
