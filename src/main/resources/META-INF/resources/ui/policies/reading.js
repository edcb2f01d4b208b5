// What a view reads from the server, and reads again.
import { html, nothing } from '../lib/view.js';
import { NoAnswer, Problem } from '../lib/call.js';
import { why } from '../lib/refusal.js';
import { t } from '../lib/texts.js';

/** What was read last, `value`; while it is read again or if that fails, the view goes on showing it. */
export class Reading {
  value;
  problem = null;
  busy = false;

  #view;
  #work;
  #current;

  constructor(view) {
    this.#view = view;
  }

  /** Reads; what is still under way is given up. */
  async read(work) {
    this.#current?.abort();
    const own = (this.#current = new AbortController());
    this.#work = work;
    this.busy = true;
    this.#view.requestUpdate();
    try {
      const value = await work(own.signal);
      if (own === this.#current) Object.assign(this, { value, problem: null, busy: false });
    } catch (failure) {
      if (own !== this.#current) return;
      if (!(failure instanceof NoAnswer || failure instanceof Problem)) throw failure;
      Object.assign(this, { problem: failure, busy: false });
    }
    this.#view.requestUpdate();
  }

  /** That it failed, with a way to try again; nothing if it did not. */
  failure() {
    if (!this.problem) return nothing;
    return html`
      <div class="problem row" role="alert">
        <span>${this.problem instanceof NoAnswer ? t('unread') : why(this.problem)}</span>
        <button @click=${() => this.read(this.#work)}>${t('again')}</button>
      </div>`;
  }
}
