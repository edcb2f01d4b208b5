// A wrap-up that is being written, and how far the server knows of it. Pure: each function returns another draft.
//
// `base` is what the server has acknowledged, with its `etag` (null while that is not known), `mine` what is written here,
// `pending` what was sent and not answered, `conflicts` what somebody else has written too and nobody has chosen yet.
import { merge, same, withField } from './merge.js';

/** Of what has not been written yet. */
export const UNWRITTEN = '0';

/** @param etag null if what stands is still to be read */
export function begun(wrapUp = {}, etag = UNWRITTEN) {
  return { base: wrapUp, etag, mine: wrapUp, pending: null, conflicts: [] };
}

export function changed(draft, field, value) {
  return { ...draft, mine: withField(draft.mine, field, value) };
}

/** Whether something is written here that the server is not known to have. */
export function unsaved(draft) {
  return draft.pending !== null || draft.conflicts.length > 0 || !same(draft.base, draft.mine);
}

/** What is to be sent now. What was not answered is sent again as it was, so that it is carried out once. */
export function sending(draft, id) {
  return { ...draft, pending: draft.pending ?? { id, wrapUp: draft.mine, etag: draft.etag } };
}

/** The server has what was pending. */
export function acknowledged(draft, etag) {
  return { ...draft, base: draft.pending.wrapUp, etag, pending: null };
}

/** The server did not take what was pending. */
export function refused(draft) {
  return { ...draft, pending: null };
}

/** What stands at the server is taken in: what only it has changed silently, the rest is to be chosen. */
export function met(draft, theirs, etag) {
  const arrived = draft.pending !== null && same(draft.pending.wrapUp, theirs);
  const { merged, conflicts } = merge(arrived ? theirs : draft.base, draft.mine, theirs);
  const found = new Set(conflicts.map(({ field }) => field));
  const open = draft.conflicts.filter(({ field }) => !found.has(field) && !same(valueOf(merged, field), valueOf(theirs, field)));
  return { base: theirs, etag, mine: merged, pending: null, conflicts: [...open, ...conflicts] };
}

/**
 * Goes on from what was left behind, here before a reload or by a window that is no more.
 * @param known what this window knows, and perhaps has written already
 * @param left the draft that was left behind
 */
export function restored(known, left) {
  if (unsaved(known)) return adopted(known, left);
  if (known.etag === null || known.etag === left.etag) return left;
  return met(left, known.base, known.etag);
}

function adopted(draft, left) {
  const { merged, conflicts } = merge(left.base, left.mine, draft.mine);
  return { ...draft, mine: merged, conflicts: [...draft.conflicts, ...conflicts] };
}

/** One of the conflicts is decided. */
export function resolved(draft, field, value) {
  const conflicts = draft.conflicts.filter((conflict) => conflict.field !== field);
  return { ...changed(draft, field, value), conflicts };
}

function valueOf(wrapUp, field) {
  if (field === 'disposition') return { disposition_code: wrapUp.disposition_code, form_values: wrapUp.form_values };
  if (!field.startsWith('form_values.')) return wrapUp[field];
  return wrapUp.form_values?.[field.slice('form_values.'.length)];
}
