// The window of one agent: there when a call ends, with what is to be written about it.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { now } from '../lib/clock.js';
import { session } from '../lib/session.js';
import { countdown } from '../lib/spans.js';
import { choose, settings } from '../lib/settings.js';
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
import './presence-control.js';
import './to-complete.js';
import './work-view.js';

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
    for (const happened of ['ended', 'completed']) desk.addEventListener(happened, () => this.#listAnew());
    this.#notices.follow(desk);
    if (this.#embedded) new Embedding(desk, who, () => this.querySelector('work-view'));
    this.desk = desk;
    desk.open();
  }

  /** Whoever is doing something else is left alone. */
  async #began() {
    this.requestUpdate();
    await this.updateComplete;
    await this.querySelector('work-view')?.updateComplete;
    await this.querySelector('wrap-up-form')?.updateComplete;
    if (document.activeElement === document.body && document.hasFocus()) this.querySelector('wrap-up-form')?.begin();
  }

  #listAnew() {
    setTimeout(() => this.querySelector('to-complete-list')?.refresh());
  }

  #key(event) {
    if (event.key !== 'Enter' || !event.ctrlKey) return;
    event.preventDefault();
    this.querySelector('work-view')?.complete();
  }

  #tick() {
    const item = this.desk?.item;
    const clock = item?.acw && timing(item.acw, now(), millis(item.rules?.warning_before_end));
    if (clock?.ending && !item.warned) {
      item.warned = true;
      this.desk.ending(item);
    }
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
        ${this.who && !this.agentId ? html`<agent-chooser></agent-chooser>` : nothing}
        ${this.#action.problem && !this.who ? html`<button @click=${() => this.#begin()}>${t('again')}</button>` : nothing}
        ${this.desk ? this.#desk() : nothing}
      </main>`;
  }

  #desk() {
    const { desk } = this;
    const { agent, item } = desk;
    const next = agent?.next_interaction;
    const customer = (this.customer?.of === desk.shown && this.customer.id) || item?.interaction.customer_id || next?.customer_id;
    return html`
      <h1 class="away">${t('page.of', { agent: desk.agentId })}</h1>
      <presence-control .agentId=${desk.agentId} .agent=${agent} .disabled=${!this.can.write && !this.can.read}></presence-control>
      ${desk.feed.state === 'reconnecting' && this.#embedded ? html`<p class="problem" role="status">${t('why.no-answer')}</p>` : nothing}
      <div class="columns">
        <div class="first">
          ${desk.items.size > 1 || (desk.items.size === 1 && !item) ? this.#tabs() : nothing}
          ${item ? html`<work-view .item=${item} .desk=${desk} .catalogue=${this.#catalogue} .can=${this.can} .teamId=${agent?.team_id ?? ''}
            .emails=${this.who.email_summaries === true} @open-customer=${({ detail }) => this.#openCustomer(detail)}></work-view>` : html`
            <calm-view .connecting=${desk.feed.state === 'connecting'} .agent=${agent} .last=${this.#notices.last}></calm-view>`}
        </div>
        <div class="beside">
          ${next ? this.#next(next) : nothing}
          ${this.can.read ? html`<to-complete-list .agentId=${desk.agentId} .open=${desk.shown} @open=${({ detail }) => desk.openLate(detail)}></to-complete-list>` : nothing}
          ${customer && this.can.read ? html`<customer-history .customer=${customer} .without=${item?.id} .catalogue=${this.#catalogue}></customer-history>` : nothing}
          ${this.#help()}
        </div>
      </div>`;
  }

  #tabs() {
    const ids = [...this.desk.items.keys()];
    return html`
      <div class="tabs" role="group" aria-label=${t('tabs')}>
        ${ids.map((id) => this.#tab(this.desk.items.get(id)))}
      </div>`;
  }

  #tab(item) {
    const { customer_id: customer, queue_id: queue } = item.interaction;
    const clock = item.acw && timing(item.acw, now());
    const state = item.live ? t('tab.live') : clock ? (clock.kind === 'timed' ? countdown(clock.left) : t(`clock.${clock.kind}`)) : t('tab.late');
    return html`
      <button aria-pressed=${item === this.desk.item} @click=${() => this.desk.show(item.id)}>
        ${customer || queue || item.id} <span class="number">${state}</span>${item.saver.state === 'choose' || item.saver.state === 'kept' ? html` <b class="needed">!</b>` : nothing}</button>`;
  }

  #next({ customer_id: customer, queue_id: queue, channel, reason }) {
    return html`
      <section class="card next" aria-label=${t('next')}><h2>${t('next')}</h2>
        <p><b>${[customer, queue, channel && !channel.endsWith('UNSPECIFIED') ? t(channel) : ''].filter(Boolean).join(' · ')}</b></p>
        ${reason ? html`<p>${reason}</p>` : nothing}
        ${customer ? html`<button class="link" @click=${() => this.#openCustomer(customer)}>${t('next.history')}</button>` : nothing}</section>`;
  }

  #help() {
    return html`
      <details class="card help"><summary>${t('help')}</summary>
        <label class="check"><input type="checkbox" .checked=${settings.sound === true} @change=${(event) => { choose({ sound: event.target.checked }); this.#notices.sound(); }}>${t('sound')}</label>
        <dl><dt><kbd>Ctrl</kbd> + <kbd>Enter</kbd></dt><dd>${t('help.done')}</dd><dt><kbd>↑</kbd> <kbd>↓</kbd> <kbd>Enter</kbd></dt><dd>${t('help.tree')}</dd><dt><kbd>←</kbd> <kbd>→</kbd></dt><dd>${t('help.groups')}</dd></dl>
        <p class="muted">${t('help.kept')}</p></details>`;
  }

  /** Once for what is shown now. */
  #openCustomer(customer) {
    this.customer = { id: customer, of: this.desk.shown };
    this.desk.openCustomer(customer);
  }
}

customElements.define('wrap-up-page', WrapUpPage);
