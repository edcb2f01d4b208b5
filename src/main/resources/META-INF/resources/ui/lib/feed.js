// The agents as they are, live: a snapshot and then every change, resumed where it was cut.
import { access } from './access.js';
import { callStream, NoAnswer, Problem } from './call.js';
import { heard } from './clock.js';

/** The server says so often that it is there; after that much silence the stream is opened again, in milliseconds. */
const BOOKMARKS = '2s';
const SILENCE = 6_000;

const FIRST_WAIT = 250;
const LONGEST_WAIT = 10_000;

/** Who may not see it, or asks for what there cannot be, is refused however often he asks; in milliseconds. */
const FOR_EVER = 2 ** 31 - 1;

/**
 * Emits `change` (`detail` is the set of the ids that changed, or null for all), `event` for each change with what
 * happened, and `state`: `connecting`, `live`, `reconnecting`, when what is shown is of the time `since`, or `refused`
 * because of `problem`.
 */
export class Feed extends EventTarget {
  agents = new Map();
  state = 'connecting';
  since = null;
  problem = null;

  #request;
  #token = '';
  #snapshot = null;
  #closed = null;
  #failures = 0;
  #heard = performance.now();

  constructor(filter = {}) {
    super();
    this.#request = { filter, bookmark_interval_duration: BOOKMARKS };
  }

  /** Reads until it is closed, and comes back whenever it is cut off. */
  async open() {
    const closed = (this.#closed = new AbortController()).signal;
    while (!closed.aborted) {
      let wait;
      try {
        wait = await this.#read(closed);
      } catch (failure) {
        wait = this.#failed(failure);
      }
      if (closed.aborted) return;
      if (wait === FOR_EVER) this.#become('refused', null);
      else this.#become('reconnecting', this.#heard);
      await access.pause(wait);
    }
  }

  close() {
    this.#closed?.abort();
  }

  /** Returns after how many milliseconds to come back. */
  async #read(closed) {
    const silence = new AbortController();
    let timer;
    const expect = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE);
    };
    this.#snapshot = this.#token ? null : new Map();
    expect();
    try {
      const signal = AbortSignal.any([closed, silence.signal]);
      const options = { signal, lastEventId: this.#token };
      let wait = 0;
      for await (const message of callStream('AgentStateService/StreamAgentStates', this.#request, options)) {
        expect();
        this.#heard = performance.now();
        wait = this.#take(message) ?? wait;
      }
      return wait;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Returns after how many milliseconds to come back, if the server has asked for it. */
  #take(message) {
    const changed = new Set();
    let all = false;
    let wait;
    for (const event of message.events ?? []) {
      if (event.snapshot_entry) {
        this.#snapshot.set(event.snapshot_entry.state.agent_id, event.snapshot_entry.state);
      } else if (event.snapshot_end) {
        this.agents = this.#snapshot;
        all = true;
      } else if (event.change) {
        this.#change(event.change);
        changed.add(event.change.state.agent_id);
      } else if (event.left_filter) {
        this.agents.delete(event.left_filter.agent_id);
        changed.add(event.left_filter.agent_id);
      } else if (event.bookmark) {
        heard(event.bookmark.server_time);
      } else if (event.going_away) {
        wait = parseFloat(event.going_away.reconnect_after_duration ?? '0') * 1_000;
      }
    }
    if (message.resume_token) {
      this.#token = message.resume_token;
      this.#failures = 0;
      this.#become('live', null);
    }
    if (all || changed.size) {
      this.dispatchEvent(new CustomEvent('change', { detail: all ? null : changed }));
    }
    return wait;
  }

  #change(change) {
    if (change.cause === 'AGENT_STATE_CHANGE_CAUSE_AGENT_DELETED') {
      this.agents.delete(change.state.agent_id);
    } else {
      this.agents.set(change.state.agent_id, change.state);
    }
    this.dispatchEvent(new CustomEvent('event', { detail: change }));
  }

  /** What cannot be gone on from is begun anew. */
  #failed(failure) {
    if (failure instanceof Problem) {
      this.problem = failure;
      if (failure.code === 'PERMISSION_DENIED' || (failure.code === 'INVALID_ARGUMENT' && !this.#token)) return FOR_EVER;
      if (failure.code === 'OUT_OF_RANGE' || failure.code === 'INVALID_ARGUMENT') this.#token = '';
    } else if (!(failure instanceof NoAnswer) && failure.name !== 'AbortError') {
      throw failure;
    }
    const wait = Math.min(FIRST_WAIT * 2 ** this.#failures++, LONGEST_WAIT);
    return wait * (0.5 + Math.random() / 2);
  }

  #become(state, since) {
    if (this.state !== state) {
      this.state = state;
      this.since = since;
      this.dispatchEvent(new Event('state'));
    }
  }
}
