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

/** Seconds of a duration of the contract, for instance `20.500s`. */
export function seconds(duration) {
  return parseFloat(duration ?? '0');
}

/** `20 s`, `1 min 30 s` or `2 h`, of seconds, in words of the language. */
export function words(total) {
  const units = [['hour', Math.floor(total / 3_600)], ['minute', Math.floor((total % 3_600) / 60)], ['second', total % 60]];
  const said = units.filter(([, count]) => count > 0);
  return (said.length ? said : [['second', 0]])
    .map(([unit, count]) => new Intl.NumberFormat(language(), { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 })
      .format(count))
    .join(' ');
}

/** A time of day, by the clocks of this browser's zone. */
export function timeOfDay(time) {
  return new Date(time).toLocaleTimeString(language(), { hour: '2-digit', minute: '2-digit' });
}

/** A day and a time. */
export function dayAndTime(time) {
  return new Date(time).toLocaleString(language(), { dateStyle: 'medium', timeStyle: 'short' });
}
