// Calls of the contract, as JSON over HTTP.
import { access } from './access.js';

/** After this time, in milliseconds, another window of this browser has what it has just got from the issuer. */
const MOMENT = 500;

/** What a call was refused with: the reason in `title`, the sentence in `message`, and what the problem has beside. */
export class Problem extends Error {
  constructor(body) {
    super(body.detail || body.title);
    Object.assign(this, body);
  }
}

/** No answer at all: away, cut off, or no network. Whether the call was carried out is not known. */
export class NoAnswer extends Error {}

/**
 * Makes a call and returns its answer.
 * @param path for instance `AcwService/ExtendAcw`
 */
export async function call(path, request = {}, { signal } = {}) {
  return (await answer(`/api/v1/${path}`, { method: 'POST', body: JSON.stringify(request), signal })).json();
}

/**
 * The messages of a stream (server-sent events), until it has ended well.
 * @param lastEventId goes on behind the message with this id
 */
export async function* callStream(path, request = {}, { signal, lastEventId } = {}) {
  const init = { method: 'POST', body: JSON.stringify(request), signal };
  const response = await answer(`/api/v1/${path}`, init, lastEventId ? { 'last-event-id': lastEventId } : {});
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ''; ; ) {
    const { value, done } = await unlessCut(reader.read());
    if (done) throw new NoAnswer();
    const parts = (text + value).split('\n\n');
    text = parts.pop();
    for (const part of parts) {
      const { event, data } = Object.fromEntries(part.split('\n').map((line) => line.split(/: (.*)/, 2)));
      if (event === 'end') return;
      if (event === 'problem') throw new Problem(JSON.parse(data));
      yield JSON.parse(data);
    }
  }
}

/** The answer to a request, whose problem is thrown if it was refused. */
export async function answer(url, init, headers = {}) {
  const ask = () => unlessCut(fetch(url, { ...init, headers: { 'content-type': 'application/json', ...headers } }));
  let response = await ask();
  if (response.status === 401 && access.state === 'in') {
    await new Promise((resolve) => setTimeout(resolve, MOMENT));
    response = await ask();
  }
  if (response.ok) {
    access.known();
    return response;
  }
  const type = response.headers.get('content-type') || '';
  if (!type.startsWith('application/problem+json')) throw new NoAnswer();
  const problem = await unlessCut(response.json());
  if (response.status === 401) access.ended(problem.sign_in === true);
  throw new Problem(problem);
}

async function unlessCut(promise) {
  try {
    return await promise;
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new NoAnswer();
  }
}
