// The rows of a report, page by page.
import { call } from '../lib/call.js';

/** So many rows come at once; the table shows fewer of them at first. */
const PAGE = 1_000;

/** Tells its view whenever there is something new. */
export class Result {
  rows = [];
  total = null;
  asOf = null;
  problem = null;
  busy = false;

  #view;
  #path;
  #request;
  #next = '';
  #stopped;

  constructor(view, path) {
    this.#view = view;
    this.#path = path;
  }

  /** Whether the server has more rows than have come. */
  get more() {
    return this.#next !== '';
  }

  /** Asks anew; what is on its way is given up, and what is there is shown until the new rows are. */
  ask(request) {
    this.stop();
    this.#request = request;
    return this.#read('');
  }

  /** The next page, behind the rows that are there. */
  readOn() {
    return this.busy ? null : this.#read(this.#next);
  }

  stop() {
    this.#stopped?.abort();
  }

  async #read(token) {
    const stopped = (this.#stopped = new AbortController());
    this.#become({ busy: true, problem: null });
    try {
      const answer = await call(this.#path, { ...this.#request, page_size: PAGE, page_token: token }, { signal: stopped.signal });
      this.#next = answer.next_page_token ?? '';
      const rows = answer.rows ?? [];
      this.#become({
        busy: false, rows: token ? [...this.rows, ...rows] : rows, total: answer.total ?? {}, asOf: answer.as_of_time,
      });
    } catch (problem) {
      if (!stopped.signal.aborted) this.#become({ busy: false, problem });
    }
  }

  #become(values) {
    Object.assign(this, values);
    this.#view.requestUpdate();
  }
}
