// When a promise is due: how late it is, and other times that it is put off to. By the clocks of this browser's zone.
import { language } from '../lib/texts.js';

const HOUR = 3_600_000;
const MORNING = 9;

export const locale = navigator.languages.find((tag) => tag.slice(0, 2) === language()) ?? language();

export function isOverdue(followUp, now) {
  return followUp.state === 'FOLLOW_UP_STATE_OPEN' && Date.parse(followUp.details.due_time) <= now;
}

/** Times to choose from, each with the key of its text. */
export function presets(now) {
  const today = new Date(now);
  const monday = 8 - (today.getDay() || 7);
  return [
    ['in-1-hour', now + HOUR],
    ['in-4-hours', now + 4 * HOUR],
    ['tomorrow', morning(now, 1)],
    ['next-monday', morning(now, monday)],
  ];
}

function morning(now, days) {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  day.setHours(MORNING, 0, 0, 0);
  return day.getTime();
}

/** As a `datetime-local` shows it. */
export function localInput(time) {
  const date = new Date(time);
  return new Date(time - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function fromLocalInput(text) {
  return new Date(text).toISOString();
}

const UNITS = [['day', 24 * HOUR], ['hour', HOUR], ['minute', 60_000]];

/** `in 2 hours`, `3 days ago`. */
export function relative(time, now) {
  const away = time - now;
  const [unit, length] = UNITS.find(([, one]) => Math.abs(away) >= one) ?? ['second', 1_000];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(away / length), unit);
}

export function moment(time) {
  return new Date(time).toLocaleString(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}
