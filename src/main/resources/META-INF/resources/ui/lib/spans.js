// Spans of time as people read them.
import { language } from './texts.js';

/** `1:05` or `2:03:07`, of milliseconds. */
export function clockSpan(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1_000));
  const pad = (number) => String(number).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  return hours ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

/** What is left, as a countdown shows it: it says 0:00 only when nothing is left. */
export function countdown(millis) {
  return clockSpan(Math.ceil(millis / 1_000) * 1_000);
}

/** A time of day, by the clocks of this browser's zone. */
export function timeOfDay(time) {
  return new Date(time).toLocaleTimeString(language(), { hour: '2-digit', minute: '2-digit' });
}
