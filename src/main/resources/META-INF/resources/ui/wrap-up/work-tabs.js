// Several pieces of work at once: which is shown.
import { html, nothing, View } from '../lib/view.js';
import { now } from '../lib/clock.js';
import { countdown } from '../lib/spans.js';
import { t } from '../lib/texts.js';
import { timing } from './timing.js';

/** States in which the agent has to do something. */
const CALLING = ['choose', 'kept', 'closed'];

class WorkTabs extends View {
  static properties = { desk: { attribute: false }, drawn: { attribute: false } };

  #ticking;

  connectedCallback() {
    super.connectedCallback();
    this.#ticking = setInterval(() => this.requestUpdate(), 250);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
  }

  render() {
    return html`
      <div class="tabs" role="group" aria-label=${t('tabs')}>
        ${[...this.desk.items.values()].map((item) => this.#tab(item))}
      </div>`;
  }

  #tab(item) {
    const { customer_id: customer, queue_id: queue } = item.interaction;
    return html`
      <button aria-pressed=${item === this.desk.item} @click=${() => this.desk.show(item.id)}>
        ${customer || queue || item.id} <span class="number">${state(item)}</span>${CALLING.includes(item.saver.state) ? html` <b>!</b>` : nothing}</button>`;
  }
}

function state({ acw, live }) {
  if (!acw) return t(live ? 'tab.live' : 'tab.late');
  const clock = timing(acw, now());
  return clock.kind === 'timed' ? countdown(clock.left) : t(`clock.${clock.kind}`);
}

customElements.define('work-tabs', WorkTabs);
