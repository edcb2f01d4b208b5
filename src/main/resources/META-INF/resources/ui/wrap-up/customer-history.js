// What was written about a customer before, the latest first.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { call } from '../lib/call.js';
import { t } from '../lib/texts.js';
import { dayAndTime } from './times.js';

const PAGE = 5;

class CustomerHistory extends View {
  static properties = { customer: {}, without: {}, catalogue: { attribute: false, hasChanged: () => true }, records: { state: true }, next: { state: true } };

  #action = new Action(this);
  #asked = 0;

  willUpdate(changed) {
    if (!changed.has('customer')) return;
    Object.assign(this, { records: null, next: '' });
    this.#read('');
  }

  render() {
    const records = this.records?.filter(({ interaction_id }) => interaction_id !== this.without);
    return html`
      <section class="card history" aria-label=${t('history')}>
        <h2>${t('history.of', { customer: this.customer })}</h2>
        ${this.#action.failure()}
        ${this.#action.problem ? html`<button @click=${() => this.#read(this.next)}>${t('again')}</button>` : nothing}
        ${!records && !this.#action.problem ? html`<p class="muted">${t('loading')}</p>` : nothing}
        ${records?.length === 0 ? html`<p class="muted">${t('history.none')}</p>` : nothing}
        <ol>${records?.map((record) => this.#record(record))}</ol>
        ${this.next && !this.#action.problem ? html`<button ?disabled=${this.#action.busy} @click=${() => this.#read(this.next)}>${t('more')}</button>` : nothing}
      </section>`;
  }

  #record({ agent_id, queue_id, channel, interaction_time, wrap_up = {} }) {
    const { disposition_code: code, subject, notes, actions_taken, actions_recommended, tags = [] } = wrap_up;
    return html`
      <li>
        <p class="muted"><time datetime=${interaction_time}>${dayAndTime(interaction_time)}</time> · ${[queue_id, channel && t(channel), agent_id].filter(Boolean).join(' · ')}</p>
        ${code ? html`<p><b>${this.catalogue?.label(code) ?? code}</b>${this.catalogue?.retired(code) ? html` <span class="mark-retired">${t('disposition.old')}</span>` : nothing}</p>` : nothing}
        ${subject ? html`<p class="subject">${subject}</p>` : nothing}
        ${notes ? html`<p class="text">${notes}</p>` : nothing}
        ${actions_taken ? html`<p class="text"><span class="muted">${t('actions_taken')}:</span> ${actions_taken}</p>` : nothing}
        ${actions_recommended ? html`<p class="text"><span class="muted">${t('actions_recommended')}:</span> ${actions_recommended}</p>` : nothing}
        ${tags.length ? html`<ul class="chips">${tags.map((tag) => html`<li>${tag}</li>`)}</ul>` : nothing}
      </li>`;
  }

  async #read(token) {
    const asked = ++this.#asked;
    const { customer } = this;
    const answer = await this.#action.attempt(() => call('WrapUpService/ListCustomerWrapUps', { customer_id: customer, page_size: PAGE, page_token: token }));
    if (!answer || asked !== this.#asked) return;
    this.records = [...(this.records ?? []), ...(answer.records ?? [])];
    this.next = answer.next_page_token ?? '';
  }
}

customElements.define('customer-history', CustomerHistory);
