// Wrap-ups of the agent that can be opened again: those in which something is missing, and others of late.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { call } from '../lib/call.js';
import { now } from '../lib/clock.js';
import { t } from '../lib/texts.js';
import { dayAndTime } from './times.js';

/** Others may complete or close one, of which nobody tells; in milliseconds. */
const REFRESH = 60_000;

const PAGE = 20;

/** What is listed: which call asks for it, which of its records are meant, and whether the list is there without any. */
const KINDS = {
  /** Those first that close first. */
  'to-complete': { path: 'WrapUpService/ListWrapUpsToComplete', meant: () => true, always: true },
  /** The latest first. Nothing is missing in them; what was written may still be wrong, or not all that was to be said. */
  'recent': { path: 'WrapUpService/SearchWrapUps', meant: ({ version }) => version.status === 'WRAP_UP_STATUS_FINAL', always: false },
};

const editable = ({ version: { editable_until_time: until } }) => !until || Date.parse(until) > now();

/** `kind` is one of these. Dispatches `open`, whose `detail` is a record. */
class WrapUpList extends View {
  static properties = { kind: {}, agentId: {}, open: { attribute: false }, promising: { type: Boolean }, records: { state: true }, next: { state: true } };

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
    const { kind, records } = this;
    const always = KINDS[kind].always && !(this.promising && records?.length === 0);
    const { problem, busy } = this.#action;
    if (!always && !problem && !records?.length) return nothing;
    return html`
      <section class="card wrap-ups" aria-label=${t(kind)}>
        <h2>${t(kind)}${always && records?.length ? html` <span class="count number">${records.length}${this.next ? '+' : ''}</span>` : nothing}</h2>
        ${this.#action.failure()}
        ${problem ? html`<button @click=${() => this.refresh()}>${t('again')}</button>` : nothing}
        ${!records && !problem ? html`<p class="muted">${t('loading')}</p>` : nothing}
        ${always && records?.length === 0 ? html`<p class="muted">${t(`${kind}.none`)}</p>` : nothing}
        <ul>${records?.map((record) => this.#record(record))}</ul>
        ${this.next ? html`<button ?disabled=${busy} @click=${() => this.#read(this.next)}>${t('more')}</button>` : nothing}
      </section>`;
  }

  #record(record) {
    const { interaction_id: id, queue_id, customer_id, channel, wrap_up, version, interaction_time } = record;
    const about = [customer_id, queue_id, channel && t(channel)].filter(Boolean).join(' · ') || id;
    return html`
      <li><button class="entry" aria-current=${this.open === id ? 'true' : nothing} @click=${() => this.dispatchEvent(new CustomEvent('open', { detail: record }))}>
        <b>${wrap_up?.subject || about}</b>
        <span class="muted">${wrap_up?.subject ? `${about} · ` : ''}${interaction_time ? dayAndTime(interaction_time) : ''}</span>
        ${version.editable_until_time ? html`<span>${t(`${this.kind}.until`, { time: dayAndTime(version.editable_until_time) })}</span>` : nothing}
      </button></li>`;
  }

  async #read(token) {
    const { path, meant } = KINDS[this.kind];
    const answer = await this.#action.attempt(() => call(path, { agent_ids: [this.agentId], page_size: PAGE, page_token: token }));
    if (!answer) return;
    const page = answer.records ?? [];
    this.records = [...(token ? this.records : []), ...page.filter((record) => editable(record) && meant(record))];
    this.next = page.length && editable(page.at(-1)) ? answer.next_page_token ?? '' : '';
  }
}

customElements.define('wrap-up-list', WrapUpList);
