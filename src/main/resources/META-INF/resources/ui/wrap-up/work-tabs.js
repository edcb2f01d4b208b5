// Several pieces of work at once: which is shown.
import { html, nothing, View } from '../lib/view.js';
import { now } from '../lib/clock.js';
import { countdown, timeOfDay } from '../lib/spans.js';
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
        ${this.#named([...this.desk.items.values()]).map(([item, name]) => this.#tab(item, name))}
      </div>`;
  }

  /** Two of one customer are told apart by the time. */
  #named(items) {
    const names = items.map(({ id, interaction: { customer_id: customer, queue_id: queue } }) => customer || queue || id);
    const twice = (name) => names.indexOf(name) !== names.lastIndexOf(name);
    return items.map((item, at) => [item, [names[at], twice(names[at]) && begun(item)].filter(Boolean).join(' · ')]);
  }

  #tab(item, name) {
    return html`
      <button aria-pressed=${item === this.desk.item} @click=${() => this.desk.show(item.id)}>
        ${name} <span class="number">${state(item)}</span>${CALLING.includes(item.saver.state) ? html` <b>!</b>` : nothing}</button>`;
  }
}

function begun({ interaction, acw }) {
  const { interaction_time: at, answer_time: answered, start_time: started, end_time: ended } = interaction;
  const time = at ?? started ?? answered ?? ended ?? acw?.start_time;
  return time && timeOfDay(time, { seconds: true });
}

function state({ acw, live }) {
  if (!acw) return t(live ? 'tab.live' : 'tab.late');
  const clock = timing(acw, now());
  return clock.kind === 'timed' ? countdown(clock.left) : t(`clock.${clock.kind}`);
}

customElements.define('work-tabs', WorkTabs);
