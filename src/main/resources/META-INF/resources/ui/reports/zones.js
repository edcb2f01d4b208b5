// Days and hours by the clocks of a time zone. Pure.

const parts = new Map();

function formatter(zone) {
  if (!parts.has(zone)) {
    parts.set(zone, new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, hourCycle: 'h23',
      year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    }));
  }
  return parts.get(zone);
}

/** Whether this browser knows a zone of this name. */
export function knownZone(zone) {
  try {
    return Boolean(formatter(zone));
  } catch {
    return false;
  }
}

/** What the clocks of a zone show, `2026-11-29T13:05`, at a time in milliseconds. */
export function wallTime(time, zone) {
  const shown = Object.fromEntries(formatter(zone).formatToParts(time).map(({ type, value }) => [type, value]));
  return `${shown.year}-${shown.month}-${shown.day}T${shown.hour}:${shown.minute}`;
}

/**
 * When the clocks of a zone show this, in milliseconds: the first time if they do so twice, and the time to which they
 * are put forward if they never do.
 */
export function timeOf(wall, zone) {
  const asUtc = Date.parse(`${wall}Z`);
  const offsets = [-1, 1].map((days) => offset(asUtc + days * 86_400_000, zone));
  const found = offsets.map((shift) => asUtc - shift).filter((time) => wallTime(time, zone) === wall);
  return found.length ? Math.min(...found) : asUtc - Math.min(...offsets);
}

function offset(time, zone) {
  const minute = Math.floor(time / 60_000) * 60_000;
  return Date.parse(`${wallTime(minute, zone)}Z`) - minute;
}

/** Midnight of the day of a wall time, so many days later. */
export function midnight(wall, days = 0) {
  const day = new Date(Date.parse(`${wall.slice(0, 10)}T00:00Z`) + days * 86_400_000);
  return `${day.toISOString().slice(0, 10)}T00:00`;
}

/** 0 for Monday to 6 for Sunday. */
export function weekday(wall) {
  return (new Date(`${wall.slice(0, 10)}T00:00Z`).getUTCDay() + 6) % 7;
}
