// Where the keyboard goes on when what it was in is gone.

/** Moves the focus to the first of these that is there, unless something has it. */
export function refocus(...places) {
  const place = places.find(Boolean);
  if (!place || document.activeElement !== document.body || !document.hasFocus()) return;
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus();
}
