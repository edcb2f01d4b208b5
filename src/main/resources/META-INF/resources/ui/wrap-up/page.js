// The window of one agent: there when a call ends, with what is to be written about it.
import { html, nothing, View } from '../lib/view.js';
import { Action, problemView } from '../lib/action.js';
import { call } from '../lib/call.js';
import { now } from '../lib/clock.js';
import { refocus } from '../lib/focus.js';
import { session } from '../lib/session.js';
import { countdown } from '../lib/spans.js';
import { loadTexts, t } from '../lib/texts.js';
import { Catalogue } from './catalogue.js';
import { windowId } from './copies.js';
import { Desk } from './desk.js';
import { Embedding } from './embedding.js';
import { Notices } from './notices.js';
import { millis, timing } from './timing.js';
import '../lib/frame.js';
import './agent-chooser.js';
import './calm-view.js';
import './customer-history.js';
import './help-view.js';
import './next-view.js';
import './promises-left.js';
import './presence-control.js';
import './work-tabs.js';
import './work-view.js';
import './wrap-up-list.js';

await loadTexts('wrap-up');

class WrapUpPage extends View {
  static properties = { desk: { state: true }, who: { state: true }, customer: { state: true } };

  #action = new Action(this);
  #catalogue = new Catalogue();
  #notices = new Notices(this);
  #embedded = window.parent !== window;

  constructor() {
    super();
    document.title = `${t('page.wrap-up')} · Aftercall`;
    document.documentElement.classList.toggle('embedded', this.#embedded);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#begin();
    setInterval(() => this.#tick(), 250);
    addEventListener('visibilitychange', () => document.hidden && this.desk?.flush());
    addEventListener('focus', () => this.who || this.#begin());
    addEventListener('keydown', (event) => this.#key(event));
    addEventListener('beforeunload', (event) => this.desk?.losing && event.preventDefault());
  }

  get can() {
    const roles = this.who.roles ?? [];
    return { write: ['agent', 'router'].some((role) => roles.includes(role)), read: ['agent', 'supervisor'].some((role) => roles.includes(role)) };
  }

  /** Whether there can be no such agent, or not for who is looking. */
  get refused() {
    return this.desk?.feed.state === 'refused';
  }

  get agentId() {
    return this.who.agent_id || new URLSearchParams(location.search).get('agent');
  }

  async #begin() {
    const [who, id] = (await this.#action.attempt(() => Promise.all([session(), windowId()]))) ?? [];
    if (!who) return;
    this.who = who;
    if (!this.agentId) return;
    this.#catalogue.load().then(() => this.requestUpdate(), (failure) => { this.#action.problem = failure; this.requestUpdate(); });
    const desk = new Desk(who.tenant, this.agentId, id);
    desk.addEventListener('change', () => this.requestUpdate());
    desk.addEventListener('began', () => this.#began());
    desk.addEventListener('completed', () => this.#completed());
    for (const happened of ['ended', 'completed', 'closed']) desk.addEventListener(happened, () => this.#listAnew());
    this.#notices.follow(desk);
    if (this.#embedded) new Embedding(desk, who, () => this.querySelector('work-view'));
    this.desk = desk;
    desk.open();
    this.#reopen();
  }

  /** The wrap-up that the address names, once: an agent's day leads here. */
  async #reopen() {
    const address = new URL(location);
    const id = address.searchParams.get('open');
    if (!id) return;
    address.searchParams.delete('open');
    history.replaceState(null, '', address);
    const found = await this.#action.attempt(() => call('WrapUpService/GetWrapUp', { agent_id: this.agentId, interaction_id: id }));
    if (found) this.desk.openLate(found.record);
  }

  /** Whoever is doing something else is left alone. */
  async #began() {
    await this.#drawn();
    if (document.activeElement === document.body && document.hasFocus()) this.querySelector('wrap-up-form')?.begin();
  }

  async #completed() {
    await this.#drawn();
    refocus(this.querySelector('[name=subject]'), this.querySelector('.calm .big'));
  }

  async #drawn() {
    this.requestUpdate();
    await this.updateComplete;
    for (const part of ['work-view', 'wrap-up-form', 'calm-view']) await this.querySelector(part)?.updateComplete;
  }

  #listAnew() {
    setTimeout(() => this.querySelectorAll('wrap-up-list').forEach((list) => list.refresh()));
  }

  #key(event) {
    if (event.key !== 'Enter' || !event.ctrlKey) return;
    event.preventDefault();
    this.querySelector('work-view')?.complete();
  }

  #tick() {
    const item = this.desk?.item;
    const clock = item?.acw && timing(item.acw, now(), millis(item.rules?.warning_before_end));
    if (clock?.ending) item.warn(this.desk);
    const lead = clock?.kind === 'timed' ? `${clock.ending ? '⚠ ' : ''}${countdown(clock.left)} · ` : '';
    document.title = `${lead}${t('page.wrap-up')} · Aftercall`;
  }

  updated() {
    this.#tick();
  }

  render() {
    return html`
      <app-frame .feed=${this.desk?.feed}></app-frame>
      <p class="away" role="status">${this.#notices.text}</p>
      <main class="desk">
        ${this.#action.failure()}
        ${this.refused ? problemView(this.desk.feed.problem) : nothing}
        ${this.who && !this.who.agent_id && (!this.agentId || this.refused) ? html`<agent-chooser></agent-chooser>` : nothing}
        ${this.#action.problem && !this.who ? html`<button @click=${() => this.#begin()}>${t('again')}</button>` : nothing}
        ${this.desk && !this.refused ? this.#desk() : nothing}
      </main>`;
  }

  #desk() {
    const { desk } = this;
    const { agent, item, promising } = desk;
    const next = agent?.next_interaction;
    const customer = (this.customer?.of === desk.shown && this.customer.id) || item?.interaction.customer_id || next?.customer_id;
    return html`
      <h1 class="away">${t('page.of', { agent: desk.agentId })}</h1>
      <presence-control .agentId=${desk.agentId} .agent=${agent} .disabled=${!this.can.write && !this.can.read}></presence-control>
      ${desk.feed.state !== 'live' ? problemView(desk.feed.problem) : nothing}
      ${this.#notices.due ? html`<p class="card due">${t('said.due')} <a href="/ui/follow-ups.html" target=${this.#embedded ? '_blank' : nothing}>${t('page.follow-ups')}</a>
        <button class="small" @click=${() => { this.#notices.due = false; this.requestUpdate(); }}>${t('close')}</button></p>` : nothing}
      ${desk.feed.state === 'reconnecting' && this.#embedded ? html`<p class="problem" role="status">${t('why.no-answer')}</p>` : nothing}
      <div class="columns">
        <div class="first">
          ${desk.items.size > 1 || (desk.items.size === 1 && !item) ? html`<work-tabs .desk=${desk} .drawn=${now()}></work-tabs>` : nothing}
          ${item ? html`<work-view .item=${item} .desk=${desk} .catalogue=${this.#catalogue} .can=${this.can} .teamId=${agent?.team_id ?? ''}
            .emails=${this.who.email_summaries === true} @open-customer=${({ detail }) => this.#openCustomer(detail)}></work-view>` : html`
            <calm-view .connecting=${desk.feed.state === 'connecting'} .agent=${agent} .last=${this.#notices.last}></calm-view>`}
        </div>
        <div class="beside">
          ${next ? html`<next-view .next=${next} @open-customer=${({ detail }) => this.#openCustomer(detail)}></next-view>` : nothing}
          <promises-left .items=${promising} .open=${desk.shown} @show=${({ detail }) => desk.show(detail)}></promises-left>
          ${this.can.read ? ['to-complete', 'recent'].map((kind) => html`
            <wrap-up-list .kind=${kind} .agentId=${desk.agentId} .open=${desk.shown} .promising=${promising.length > 0} @open=${({ detail }) => desk.openLate(detail)}></wrap-up-list>`) : nothing}
          ${customer && this.can.read ? html`<customer-history .customer=${customer} .without=${item?.id} .catalogue=${this.#catalogue}></customer-history>` : nothing}
          <help-view @sound=${() => this.#notices.sound()}></help-view>
        </div>
      </div>`;
  }

  /** Once for what is shown now. */
  #openCustomer(customer) {
    this.customer = { id: customer, of: this.desk.shown };
    this.desk.openCustomer(customer);
  }
}

customElements.define('wrap-up-page', WrapUpPage);
