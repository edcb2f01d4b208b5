// When what is typed is sent. Pure; all times are milliseconds.

const PAUSE = 800;
const LONGEST = 3_000;
const FIRST_RETRY = 500;
const LONGEST_RETRY = 8_000;

/**
 * After a pause in typing, at the latest some time after the first of what is not sent yet.
 * @param first when the first of it was typed
 * @param last when the last of it was typed
 */
export function dueAt(first, last) {
  return Math.min(last + PAUSE, first + LONGEST);
}

/**
 * How long to wait after a failure.
 * @param failures how many there were in turn
 * @param asked what the server asked for, or 0
 */
export function retryIn(failures, asked = 0) {
  return Math.max(asked, Math.min(FIRST_RETRY * 2 ** (failures - 1), LONGEST_RETRY));
}
