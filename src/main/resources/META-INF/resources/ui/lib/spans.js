// Spans of time as people read them.
import { locale } from './texts.js';

/** `1:05` or `2:03:07`, of milliseconds. */
export function clockSpan(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1_000));
  const pad = (number) => String(number).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  return hours ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

/** What the server said was on its way for so long at the most, in milliseconds: it must not make 2:01 of two minutes. */
const LATE = 200;

/** What is left, as a countdown shows it: it says 0:00 only when nothing is left. */
export function countdown(millis) {
  return clockSpan(Math.max(millis > 0 ? 1 : 0, Math.ceil((millis - LATE) / 1_000)) * 1_000);
}

/** A time of day, by the clocks of this browser's zone; to the second where it matters. */
export function timeOfDay(time, { seconds = false } = {}) {
  return new Date(time).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit', second: seconds ? '2-digit' : undefined });
}
