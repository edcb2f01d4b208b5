// The follow-ups of one list, page by page, and how many there are in it and its neighbours.
import { call } from '../lib/call.js';

const PAGE = 50;
const MOST = 1_000;

const path = 'FollowUpService/ListFollowUps';

/** Tells its view whenever there is something new. */
export class FollowUpList {
  followUps = [];
  count = null;
  counts = new Map();
  problem = null;
  busy = false;

  #view;
  #request = null;
  #others = [];
  #next = '';
  #stopped;

  constructor(view) {
    this.#view = view;
  }

  get more() {
    return this.#next !== '';
  }

  /**
   * Shows another list.
   * @param request null for none
   * @param others of which only the numbers are asked: `[name, request]`
   */
  show(request, others) {
    this.#become({ followUps: [], count: null, problem: null });
    this.#next = '';
    this.#request = request;
    this.#others = others;
    return this.refresh();
  }

  /** Reads again what is shown, as much as there is of it; what is on its way is given up. */
  async refresh() {
    const size = Math.min(MOST, Math.max(PAGE, this.followUps.length));
    await Promise.all([this.#read('', size), this.#count()]);
  }

  readOn() {
    return this.busy ? null : this.#read(this.#next, PAGE);
  }

  /** One that has changed, until all are read again. */
  put(followUp) {
    this.#become({ followUps: this.followUps.map((one) => (one.follow_up_id === followUp.follow_up_id ? followUp : one)) });
  }

  stop() {
    this.#stopped?.abort();
  }

  async #read(token, size) {
    this.stop();
    if (!this.#request) return;
    const { signal } = (this.#stopped = new AbortController());
    this.#become({ busy: true });
    try {
      const answer = await call(path, { ...this.#request, page_size: size, page_token: token, with_count: true }, { signal });
      const found = answer.follow_ups ?? [];
      this.#next = answer.next_page_token ?? '';
      this.#become({
        busy: false, problem: null, count: answer.follow_up_count, followUps: token ? [...this.followUps, ...found] : found,
      });
    } catch (problem) {
      if (!signal.aborted) this.#become({ busy: false, problem });
    }
  }

  async #count() {
    const asked = this.#others;
    try {
      const answers = await Promise.all(asked.map(([, request]) => call(path, { ...request, page_size: 1, with_count: true })));
      if (asked === this.#others) {
        this.#become({ counts: new Map(asked.map(([name], at) => [name, answers[at].follow_up_count])) });
      }
    } catch (problem) {
      if (asked === this.#others) this.#become({ counts: new Map(), problem });
    }
  }

  #become(values) {
    Object.assign(this, values);
    this.#view.requestUpdate();
  }
}
