// What an ACW's clock shows. Pure.

/**
 * @param now the server's time, in milliseconds
 * @param warning how long before the end to warn, in milliseconds
 * @returns `kind` (`timed`, `open`, `paused`), `left` and `spent` in milliseconds, `share` of the time that is left, and
 *     `ending` when it is about to end
 */
export function timing(acw, now, warning = 0) {
  const begun = Date.parse(acw.start_time);
  const spent = Math.max(0, now - begun);
  if (acw.paused) return { kind: 'paused', left: millis(acw.remaining_duration), spent, share: 1, ending: false };
  if (!acw.deadline_time) return { kind: 'open', left: null, spent, share: 1, ending: false };
  const deadline = Date.parse(acw.deadline_time);
  const left = Math.max(0, deadline - now);
  return { kind: 'timed', left, spent, share: Math.min(1, left / Math.max(1, deadline - begun)), ending: left <= warning };
}

/** Milliseconds of a duration such as `12.5s`. */
export function millis(duration) {
  return parseFloat(duration ?? '0') * 1_000;
}

/** By how many milliseconds a deadline has moved; 0 if either has none. */
export function moved(before, after) {
  if (!before?.deadline_time || !after?.deadline_time) return 0;
  return Date.parse(after.deadline_time) - Date.parse(before.deadline_time);
}
