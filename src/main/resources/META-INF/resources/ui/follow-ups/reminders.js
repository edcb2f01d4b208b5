// What the server reminds an agent of, while the page is open.
import { call } from '../lib/call.js';
import { now } from '../lib/clock.js';

const DUE = 'AGENT_STATE_CHANGE_CAUSE_FOLLOW_UP_DUE';

/**
 * Emits `due` when there is a reminder that was not there before; `pending` has those that nobody has seen to. Changes
 * that come together may be told as one, so each time all that is overdue is looked at.
 */
export class Reminders extends EventTarget {
  pending = [];
  problem = null;

  #agent;
  #known = new Set();
  #since = now();

  constructor(agent, feed) {
    super();
    this.#agent = agent;
    feed.addEventListener('event', ({ detail: { cause, coalesced_count: changes } }) => {
      if (cause === DUE || changes > 1) this.look();
    });
    feed.addEventListener('change', ({ detail }) => detail === null && this.look());
  }

  async look() {
    try {
      let token = '';
      do {
        const page = await call('FollowUpService/ListFollowUps', { agent_ids: [this.#agent], overdue: true, page_size: 100, page_token: token, latest_first: true });
        this.#take(page.follow_ups ?? []);
        token = page.next_page_token ?? '';
        // Of those before, no reminder can be new.
        if ((page.follow_ups ?? []).some((one) => Date.parse(one.details.due_time) < this.#since - 60_000)) break;
      } while (token);
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
    this.dispatchEvent(new Event('look'));
  }

  /** Somebody has seen to it. */
  drop(id) {
    this.pending = this.pending.filter((one) => one.follow_up_id !== id);
    this.dispatchEvent(new Event('look'));
  }

  #take(overdue) {
    const fresh = overdue.filter((one) => one.remind_time && Date.parse(one.remind_time) >= this.#since)
      .filter((one) => !this.#known.has(`${one.follow_up_id} ${one.remind_time}`));
    for (const one of fresh) this.#known.add(`${one.follow_up_id} ${one.remind_time}`);
    if (!fresh.length) return;
    this.pending = [...fresh, ...this.pending.filter((one) => !fresh.some((other) => other.follow_up_id === one.follow_up_id))];
    this.dispatchEvent(new CustomEvent('due', { detail: fresh }));
  }
}
