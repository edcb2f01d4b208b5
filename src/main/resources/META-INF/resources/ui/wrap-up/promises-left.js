// Work that has ended before what was promised in it was made.
import { html, nothing, View } from '../lib/view.js';
import { t } from '../lib/texts.js';
import { dayAndTime } from './times.js';

/** Dispatches `show`, whose `detail` is the id of an interaction. */
class PromisesLeft extends View {
  static properties = { items: { attribute: false }, open: { attribute: false } };

  render() {
    if (!this.items.length) return nothing;
    return html`
      <section class="card wrap-ups" aria-label=${t('promises-left')}>
        <h2>${t('promises-left')}</h2>
        <ul>${this.items.map((item) => this.#item(item))}</ul>
      </section>`;
  }

  #item({ id, interaction: { customer_id: customer, queue_id: queue }, saver: { promise: { details: { kind, due_time: due } } } }) {
    return html`
      <li><button class="entry" aria-current=${this.open === id ? 'true' : nothing} @click=${() => this.dispatchEvent(new CustomEvent('show', { detail: id }))}>
        <b>${[customer, queue].filter(Boolean).join(' · ') || id}</b>
        <span>${t(kind)} ${due ? dayAndTime(due) : ''}</span>
      </button></li>`;
  }
}

customElements.define('promises-left', PromisesLeft);
