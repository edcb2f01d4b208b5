// All agents in pages: after-call work on or off, shown or not, for one in one click, for all once it is said who changes.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { call } from '../lib/call.js';
import { t } from '../lib/texts.js';
import { effective, isStale, policyOf } from './book.js';
import { keyFor, mayChange, TENANT } from './key.js';
import { requestFor } from './draft.js';
import { rulesOf } from './rules.js';
import { keyText } from './words.js';
import { agentsTable, isOn, SWITCHES } from './agents-table.js';
import { Reading } from './reading.js';
import './change-dialog.js';

const PAGE = 50;
const PAUSE = 200;

/** Emits `open` (a key) and `made`. */
class PolicyAgents extends View {
  static properties = {
    edition: { attribute: false },
    teams: { attribute: false },
    session: { attribute: false },
    team: { state: true },
    text: { state: true },
    applyToOpen: { state: true },
    asked: { state: true },
  };

  #reading = new Reading(this);
  #action = new Action(this);
  #tokens = [''];
  #pause;
  #stale = false;

  constructor() {
    super();
    Object.assign(this, { text: '', team: '', applyToOpen: false, asked: null });
  }

  willUpdate(changed) {
    if (changed.has('session') && this.session.team_ids.length === 1) [this.team] = this.session.team_ids;
    if (changed.has('edition')) this.#read();
  }

  #read() {
    const request = { id_contains: this.text.trim(), team_ids: this.team ? [this.team] : [], page_size: PAGE, page_token: this.#tokens.at(-1) };
    return this.#reading.read(async (signal) => {
      const { agents = [], next_page_token: next } = await call('AgentService/ListAgents', request, { signal });
      if (!agents.length) return { rows: [], next };
      const ids = agents.map((agent) => agent.agent_id);
      const [{ policies = [] }, { policies: found }] = await Promise.all([
        call('PolicyService/ListPolicies', { scopes: ['POLICY_SCOPE_AGENT'], scope_ids: ids, page_size: 1_000 }, { signal }),
        call('PolicyService/BatchGetEffectivePolicies', { agent_ids: ids }, { signal }),
      ]);
      const rows = agents.map((agent, index) => {
        const own = policies.filter((policy) => policy.scope_id === agent.agent_id);
        return { ...agent, own: own.find((policy) => !policy.conditions) ?? null,
          count: own.reduce((sum, policy) => sum + rulesOf(policy).length, 0), ...found[index] };
      });
      return { rows, next };
    });
  }

  render() {
    const { rows = [], next } = this.#reading.value ?? {};
    const teams = this.session.team_ids.length && !this.session.roles.includes('admin') ? this.session.team_ids : this.teams;
    return html`
      <section class="card agents" aria-labelledby="agents-title">
        <div class="row">
          <h2 id="agents-title">${t('tab.agents')}</h2>
          <label class="grow"><span class="away">${t('agents.find')}</span>
            <input type="search" placeholder=${t('agents.find')} .value=${this.text} @input=${({ target }) => this.#find({ text: target.value }, PAUSE)}></label>
          <label class="check">${t('team')}
            <select @change=${({ target }) => this.#find({ team: ['', ...teams][target.selectedIndex] }, 0)}>
              ${['', ...teams].map((team) => html`<option .selected=${team === this.team}>${team || t('all')}</option>`)}</select></label>
        </div>
        ${this.#forAll()}
        <label class="check"><input type="checkbox" .checked=${this.applyToOpen}
          @change=${({ target }) => { this.applyToOpen = target.checked; }}> ${t('apply-to-open')}</label>
        ${this.#stale ? html`<p class="note" role="status">${t('agents.stale')}</p>` : this.#action.failure()}
        ${this.#reading.failure()}
        ${this.#reading.value ? agentsTable(rows, {
          busy: this.#action.busy, reading: this.#reading.busy, empty: this.text || this.team ? 'agents.none' : 'agents.nobody',
        }, { open: (key) => this.#emit('open', key), toggle: (row, rule) => this.#switch(row, rule) }) : this.#reading.busy ? html`<p class="muted" role="status">${t('loading')}</p>` : nothing}
        <div class="row">
          <button ?disabled=${this.#tokens.length === 1} @click=${() => this.#turn(-1)}>${t('back')}</button>
          <button ?disabled=${!next} @click=${() => this.#turn(next)}>${t('next')}</button>
        </div>
      </section>
      ${this.asked ? html`<change-dialog .asked=${this.asked} @close=${() => { this.asked = null; }}
        @made=${({ detail }) => { this.asked = null; this.#emit('made', detail); }}></change-dialog>` : nothing}`;
  }

  #forAll() {
    const key = this.team ? keyFor('POLICY_SCOPE_TEAM', this.team) : TENANT;
    if (!mayChange(this.session, key)) return nothing;
    const button = (rule, on) => html`
      <button @click=${() => this.#askAll(key, rule, on)}>${t(`all.${rule}.${on ? 'on' : 'off'}`)}…</button>`;
    return html`
      <div class="row" role="group" aria-label=${keyText(key)}>
        <span class="label">${keyText(key)}:</span>
        ${button('mode', false)}${button('mode', true)}${button('visible', false)}${button('visible', true)}
      </div>`;
  }

  /** Where the agent's own rule says the opposite of what he inherits it is taken away; otherwise he gets his own. */
  async #switch(row, rule) {
    const key = keyFor('POLICY_SCOPE_AGENT', row.agent_id);
    const on = !isOn(rule, row.policy);
    const value = SWITCHES[rule][Number(on)];
    if (row.own?.[rule] === undefined) return this.#change(key, row.own, rule, value);
    const preview = await this.#action.attempt(() => call('PolicyService/UpdatePolicy',
      { ...requestFor(key, row.own, new Map([[rule, undefined]])), validate_only: true }));
    if (!preview) return undefined;
    const inherits = preview.changes?.some(({ queue_id: queue, channel, direction, after }) => !queue && !channel && !direction
      && after[rule] !== undefined && isOn(rule, after) === on);
    return this.#change(key, row.own, rule, inherits ? undefined : value);
  }

  /** Clears exceptions, so it is shown before it is done. What says so already stays, and what is inherited is inherited. */
  async #askAll(key, rule, on) {
    const found = await this.#action.attempt(() => Promise.all([policyOf(key), key.scope === TENANT.scope ? null : effective({})]));
    if (!found) return;
    const [own, above] = found;
    const inherits = (above ? isOn(rule, above.policy) : true) === on;
    const says = own?.[rule] !== undefined && isOn(rule, own) === on;
    const value = says ? own[rule] : inherits ? undefined : SWITCHES[rule][Number(on)];
    this.asked = { key, changes: new Map([[rule, value]]), forAll: true, applyToOpen: this.applyToOpen, title: t(`all.${rule}.${on ? 'on' : 'off'}`) };
  }

  async #change(key, own, rule, value) {
    const changes = new Map([[rule, value]]);
    const request = { ...requestFor(key, own, changes), apply_to_open_acws: this.applyToOpen };
    const answer = await this.#action.run('PolicyService/UpdatePolicy', request);
    this.#stale = isStale(this.#action.problem);
    if (answer) {
      await this.#show(key, answer.policy);
      this.#emit('made', { key, answer, changes });
    } else if (this.#stale) await this.#read();
  }

  /** Shows what has become of one agent at once; the others follow. */
  async #show(key, own) {
    const row = this.#reading.value?.rows.find(({ agent_id: id }) => id === key.scope_id);
    if (!row || key.scope !== 'POLICY_SCOPE_AGENT') return;
    const found = await this.#action.attempt(() => effective({ agent_id: key.scope_id }));
    if (found) Object.assign(row, found, { own: own.etag ? own : null });
  }

  #find(wish, pause) {
    Object.assign(this, wish);
    this.#tokens = [''];
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#read(), pause);
  }

  #turn(to) {
    if (to === -1) this.#tokens.pop();
    else this.#tokens.push(to);
    return this.#read();
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define('policy-agents', PolicyAgents);
