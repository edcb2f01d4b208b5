// Times as people read and write them, by the clocks of this browser's zone. Pure but for that zone.
import { language } from '../lib/texts.js';

const pad = (number) => String(number).padStart(2, '0');

/** As an input of a date and a time has it. */
export function localTime(time) {
  const at = new Date(time);
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

/** The page's language, as it is written where the browser is at home. */
function locale() {
  return navigator.languages.find((tag) => tag.startsWith(language())) ?? language();
}

/** `Mon 30 Nov, 09:00`. */
export function dayAndTime(time) {
  return new Date(time).toLocaleString(locale(), { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}

/** What promises are usually due: an hour from now, tomorrow morning, in three days, next Monday, in a week. */
export const PRESETS = {
  hour: (now) => now + 3_600_000,
  tomorrow: (now) => morning(now, 1),
  days: (now) => morning(now, 3),
  monday: (now) => morning(now, ((8 - new Date(now).getDay()) % 7) || 7),
  week: (now) => morning(now, 7),
};

function morning(now, days) {
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  at.setHours(9, 0, 0, 0);
  return at.getTime();
}
