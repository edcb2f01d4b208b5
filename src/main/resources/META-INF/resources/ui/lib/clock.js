// The server's time, whatever this machine's clock says: it runs on the browser's monotonic timer, and is put right by
// every time that the server sends.

/** Of so many readings the one that was on its way for the shortest time is believed. */
const READINGS = 12;

const offsets = [];

/** Takes in a time of the server's that has just arrived; it was on its way for a while, so it is a little late. */
export function heard(serverTime) {
  offsets.push(Date.parse(serverTime) - performance.now());
  if (offsets.length > READINGS) offsets.shift();
}

/** What time it is at the server, in milliseconds. */
export function now() {
  return performance.now() + (offsets.length ? Math.max(...offsets) : performance.timeOrigin);
}
