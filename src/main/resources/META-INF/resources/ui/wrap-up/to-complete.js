// The wrap-ups in which something is missing, those first that close first.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { call } from '../lib/call.js';
import { t } from '../lib/texts.js';
import { dayAndTime } from './times.js';

/** Others may complete or close one, of which nobody tells; in milliseconds. */
const REFRESH = 60_000;

/** Dispatches `open`, whose `detail` is a record. */
class ToCompleteList extends View {
  static properties = { agentId: {}, open: { attribute: false }, promising: { type: Boolean }, records: { state: true }, next: { state: true } };

  #action = new Action(this);
  #repeated;

  connectedCallback() {
    super.connectedCallback();
    this.#repeated = setInterval(() => this.refresh(), REFRESH);
    this.refresh();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#repeated);
  }

  /** Reads the first page again. */
  refresh() {
    return this.#read('');
  }

  /** Promises that are left are something to complete, and shown by another list. */
  render() {
    if (this.promising && this.records?.length === 0) return nothing;
    return html`
      <section class="card to-complete" aria-label=${t('to-complete')}>
        <h2>${t('to-complete')}${this.records?.length ? html` <span class="count number">${this.records.length}${this.next ? '+' : ''}</span>` : nothing}</h2>
        ${this.#action.failure()}
        ${this.#action.problem ? html`<button @click=${() => this.refresh()}>${t('again')}</button>` : nothing}
        ${!this.records && !this.#action.problem ? html`<p class="muted">${t('loading')}</p>` : nothing}
        ${this.records?.length === 0 ? html`<p class="muted">${t('to-complete.none')}</p>` : nothing}
        <ul>${this.records?.map((record) => this.#record(record))}</ul>
        ${this.next ? html`<button ?disabled=${this.#action.busy} @click=${() => this.#read(this.next)}>${t('more')}</button>` : nothing}
      </section>`;
  }

  #record(record) {
    const { interaction_id: id, queue_id, customer_id, channel, wrap_up, version, interaction_time } = record;
    const about = [customer_id, queue_id, channel && t(channel)].filter(Boolean).join(' · ') || id;
    return html`
      <li><button class="entry" aria-current=${this.open === id ? 'true' : nothing} @click=${() => this.dispatchEvent(new CustomEvent('open', { detail: record }))}>
        <b>${wrap_up?.subject || about}</b>
        <span class="muted">${wrap_up?.subject ? `${about} · ` : ''}${interaction_time ? dayAndTime(interaction_time) : ''}</span>
        ${version.editable_until_time ? html`<span>${t('to-complete.until', { time: dayAndTime(version.editable_until_time) })}</span>` : nothing}
      </button></li>`;
  }

  async #read(token) {
    const answer = await this.#action.attempt(() => call('WrapUpService/ListWrapUpsToComplete', { agent_ids: [this.agentId], page_size: 20, page_token: token }));
    if (!answer) return;
    this.records = [...(token ? this.records : []), ...(answer.records ?? [])];
    this.next = answer.next_page_token ?? '';
  }
}

customElements.define('to-complete-list', ToCompleteList);
