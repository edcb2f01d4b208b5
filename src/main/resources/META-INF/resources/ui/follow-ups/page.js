// Follow-ups: what was promised to customers, by whom, and until when.
import { html, nothing, repeat, View } from '../lib/view.js';
import { call } from '../lib/call.js';
import { Feed } from '../lib/feed.js';
import { problemView } from '../lib/action.js';
import { now } from '../lib/clock.js';
import { refocus } from '../lib/focus.js';
import { session } from '../lib/session.js';
import { loadTexts, name, t } from '../lib/texts.js';
import { isOverdue } from './due.js';
import { FollowUpList } from './list.js';
import { listRequest, readPlace, scopesOf, STATES, writePlace } from './lists.js';
import { Reminders } from './reminders.js';
import '../lib/frame.js';
import './create.js';
import './item.js';
import './places.js';
import './reminder-list.js';

await loadTexts('follow-ups');

/** What others do to lists is seen so often at the latest, in milliseconds, and what becomes overdue. */
const REFRESH = 20_000;
const TICK = 2_000;

class FollowUpsPage extends View {
  static properties = { place: { state: true }, who: { state: true }, agents: { state: true }, problem: { state: true }, notice: { state: true } };

  #list = new FollowUpList(this);
  #feed;
  #reminders;
  #timers = [];

  constructor() {
    super();
    document.title = `${t('follow-ups.title')} · Aftercall`;
    Object.assign(this, { agents: [], notice: '' });
    this.place = readPlace(location.search);
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('popstate', this.#moved);
    document.addEventListener('visibilitychange', this.#shown);
    this.#timers = [setInterval(() => this.#refresh(), REFRESH), setInterval(() => this.requestUpdate(), TICK)];
    this.#begin();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('popstate', this.#moved);
    document.removeEventListener('visibilitychange', this.#shown);
    this.#timers.forEach(clearInterval);
    this.#feed?.close();
    this.#list.stop();
  }

  #moved = () => {
    const { agent } = this.place;
    this.place = readPlace(location.search);
    if (this.place.agent === agent) this.#show();
    else location.reload();
  };

  #shown = () => this.#refresh();

  async #begin() {
    try {
      const { agent_id: own, roles, team_ids: teams } = await session();
      const agent = own || this.place.agent;
      this.who = { agent, own, supervises: roles.includes('supervisor'), teams };
      const [all, [self]] = await Promise.all([this.#states({}), agent ? this.#states({ agent_ids: [agent] }) : [[]]]);
      this.agents = all.map((state) => state.agent_id);
      if (self?.team_id && !teams.length) this.who = { ...this.who, teams: [self.team_id] };
    } catch (problem) {
      this.problem = problem;
      if (!this.who) return;
    }
    if (this.who.agent) this.#follow(this.who.agent);
    this.#show();
  }

  async #states(filter) {
    return (await call('AgentStateService/ListAgentStates', { filter, page_size: 1_000 })).agent_states ?? [];
  }

  /** Live, for one agent: what he is reminded of, and that his follow-ups have changed. */
  #follow(agent) {
    this.#feed = new Feed({ agent_ids: [agent] });
    this.#reminders = new Reminders(agent, this.#feed);
    this.#reminders.addEventListener('look', () => this.requestUpdate());
    this.#reminders.addEventListener('due', () => this.#refresh());
    this.#feed.addEventListener('event', ({ detail }) => detail.cause.includes('FOLLOW_UP') && this.#refresh());
    this.#feed.open();
  }

  get #scope() {
    const scopes = scopesOf(this.who);
    return scopes.includes(this.place.scope) ? this.place.scope : scopes.includes('mine') ? 'mine' : scopes.at(-1);
  }

  #request(scope, state) {
    const { place, who } = this;
    return listRequest(scope, state, place.customer, {
      agent: who.agent, teams: place.team ? [place.team] : who.teams, department: place.department,
    });
  }

  #show() {
    const scope = this.#scope;
    const { state } = this.place;
    const others = [
      ...scopesOf(this.who).filter((one) => one !== scope || state !== 'open').map((one) => [`scope ${one}`, this.#request(one, 'open')]),
      ...STATES.filter((one) => one !== state).map((one) => [`state ${one}`, this.#request(scope, one)]),
    ];
    this.#list.show(this.#request(scope, state), others.filter(([, request]) => request));
  }

  /** Nothing is moved under the hands of somebody who is writing. */
  #refresh() {
    if (!this.querySelector('follow-up-item form, follow-up-item .problem') && !document.hidden) this.#list.refresh();
  }

  #go(values) {
    history.pushState(null, '', writePlace({ ...this.place, scope: this.#scope, ...values }));
    this.notice = '';
    this.#moved();
  }

  render() {
    return html`
      <app-frame .feed=${this.#feed}></app-frame>
      <main class="follow-ups">
        ${problemView(this.problem)}
        ${this.who ? this.#page() : html`<p class="muted" role="status">${t('follow-ups.loading')}</p>`}
      </main>`;
  }

  #page() {
    const { who, place, agents } = this;
    return html`
      <div class="row">
        <h1>${t('follow-ups.title')}</h1>
        <button class="main push" @click=${() => this.querySelector('follow-up-create').show()}>${t('follow-ups.create')}</button>
      </div>
      <reminder-list .reminders=${this.#reminders} .pending=${this.#reminders?.pending ?? []} @changed=${(event) => this.#changed(event.detail)}
        @seen=${(event) => this.#reminders.drop(event.detail)}></reminder-list>
      <follow-up-places .who=${who} .place=${{ ...place, scope: this.#scope }} .agents=${agents} .count=${this.#list.count} .counts=${this.#list.counts}
        @go=${(event) => this.#go(event.detail)}></follow-up-places>
      <p class="notice" role="status">${this.notice}</p>
      ${problemView(this.#list.problem)}
      ${this.#items()}
      <follow-up-create .who=${who} .customer=${place.customer} @created=${(event) => this.#changed(event.detail)}></follow-up-create>`;
  }

  #items() {
    const { followUps, count, busy, more, problem } = this.#list;
    if (!this.#request(this.#scope, this.place.state)) return html`<p class="muted">${t(`follow-ups.choose.${this.#scope}`)}</p>`;
    if (!followUps.length) return problem ? nothing : html`<p class="muted" role="status">${t(busy || count === null ? 'follow-ups.loading' : `follow-ups.none.${this.place.state}`)}</p>`;
    const time = now();
    return html`
      <ul class="items" aria-label=${t('follow-ups.title')}>
        ${repeat(followUps, (one) => one.follow_up_id, (one) => html`
          <li><follow-up-item .followUp=${one} .who=${this.who} .overdue=${isOverdue(one, time)} .minute=${Math.floor(time / 30_000)}
            @changed=${(event) => this.#changed(event.detail)} @overtaken=${(event) => this.#list.put(event.detail)} @gone=${() => this.#gone()}></follow-up-item></li>`)}
      </ul>
      ${more ? html`<button @click=${() => this.#list.readOn()} ?disabled=${busy}>${t('follow-ups.more')}</button>` : nothing}`;
  }

  #changed(followUp) {
    const { kind, customer_id: customer } = followUp.details;
    this.notice = t('follow-ups.changed', { what: [name(kind), customer].filter(Boolean).join(' · '), state: name(followUp.state) });
    this.#reminders?.drop(followUp.follow_up_id);
    const at = this.#list.followUps.findIndex(({ follow_up_id: id }) => id === followUp.follow_up_id);
    this.#list.put(followUp);
    this.#list.refresh().then(() => this.#goOn(followUp.follow_up_id, at));
  }

  /** With the follow-up that was changed, or with the next one if it is no longer in this list. */
  async #goOn(id, at) {
    await this.updateComplete;
    const shown = [...this.querySelectorAll('[data-follow-up]')];
    refocus(shown.find(({ dataset }) => dataset.followUp === id), shown[Math.min(at, shown.length - 1)], this.querySelector('h1'));
  }

  #gone() {
    this.notice = t('follow-ups.gone');
    this.#list.refresh();
  }
}

customElements.define('follow-ups-page', FollowUpsPage);
