// What goes between a draft and the server.
import { call } from '../lib/call.js';
import { UNWRITTEN } from './draft.js';

/** After so many milliseconds without an answer there is none. */
const PATIENCE = 10_000;

/** Refusals of what comes too late. */
const CLOSED = ['WRAP_UP_CLOSED', 'ACW_ENDED', 'INTERACTION_NOT_LIVE'];

export function tooLate(failure) {
  return CLOSED.includes(failure?.title);
}

/** Whether the same may well be accepted a little later, or once somebody has signed in again. */
export function passing({ status }) {
  return status === 401 || status === 429 || status >= 500;
}

/** What stands: `wrapUp`, its `etag`, and its `version`, null of what has not been written. */
export async function read(place) {
  try {
    const { record } = await ask('WrapUpService/GetWrapUp', place);
    return { wrapUp: record.wrap_up ?? {}, etag: record.version.etag, version: record.version };
  } catch (failure) {
    if (failure.title !== 'WRAP_UP_NOT_FOUND') throw failure;
    return { wrapUp: {}, etag: UNWRITTEN, version: null };
  }
}

/** Saves what is pending of a draft, and returns which version that is. */
export async function save(place, { id, wrapUp, etag }) {
  return (await ask('WrapUpService/SaveWrapUp', { ...place, request_id: id, wrap_up: wrapUp, etag })).version;
}

/** Ends the work with all that was written and promised. Said twice it is done once, by its place and content. */
export function complete(place, wrapUp, etag, promises) {
  return ask('AcwService/CompleteAcw',
    { ...place, request_id: crypto.randomUUID(), wrap_up: wrapUp, etag, follow_ups: promises });
}

function ask(path, request) {
  return call(path, request, { signal: AbortSignal.timeout(PATIENCE) });
}
