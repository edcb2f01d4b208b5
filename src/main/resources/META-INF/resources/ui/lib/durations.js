// Durations as JSON has them (`90s`), as people read them, and as they write them. Pure.

export const UNITS = { s: 1, min: 60, h: 3_600 };

export function secondsOf(duration) {
  return parseFloat(duration);
}

export function durationOf(amount, unit = 's') {
  return `${Number((amount * UNITS[unit]).toFixed(6))}s`;
}

/** The largest unit in which it is a whole number. */
export function unitOf(duration) {
  const seconds = secondsOf(duration);
  return ['h', 'min'].find((unit) => seconds && seconds % UNITS[unit] === 0) ?? 's';
}

/** `1 min 30 s`; below zero with a sign. */
export function spanText(duration) {
  const seconds = secondsOf(duration);
  const whole = Math.abs(seconds);
  const hours = Math.floor(whole / 3_600);
  const minutes = Math.floor((whole % 3_600) / 60);
  const rest = Number((whole % 60).toFixed(1));
  const parts = [hours && `${hours} h`, minutes && `${minutes} min`, rest && `${rest} s`].filter(Boolean);
  return `${seconds < 0 ? '−' : ''}${parts.join(' ') || '0 s'}`;
}
