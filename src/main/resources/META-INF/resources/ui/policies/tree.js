// The cascade: everybody, and below the teams, queues and agents that have rules of their own.
import { html, nothing, View } from '../lib/view.js';
import { call } from '../lib/call.js';
import { name, t } from '../lib/texts.js';
import { idOf, keyFor, keyOf, TENANT } from './key.js';
import { agentNames } from './names.js';
import { rulesOf } from './rules.js';
import { conditionsText, countText, plural } from './words.js';
import { Reading } from './reading.js';

/** Of agents so many are drawn; who looks for another one types. */
const AGENTS = 50;

/** Whose rules can be begun; the first is what is most often meant. */
const ADDED = ['QUEUE', 'TEAM', 'AGENT'].map((scope) => `POLICY_SCOPE_${scope}`);

/** After the last key somebody looks for what he has typed, in milliseconds. */
const PAUSE = 200;

/** Emits `open` with a key. */
class PolicyTree extends View {
  static properties = {
    policies: { attribute: false },
    teams: { attribute: false },
    queues: { attribute: false },
    chosen: { attribute: false },
    drafts: { attribute: false },
    edition: { attribute: false },
    text: { state: true },
    adding: { state: true },
  };

  #agents = new Reading(this);
  #names = new Reading(this);
  #pause;

  constructor() {
    super();
    Object.assign(this, { text: '', adding: ADDED[0] });
    this.addEventListener('keydown', (event) => this.#move(event));
  }

  willUpdate(changed) {
    if (changed.has('edition')) this.#findAgents();
  }

  /** Without a text those who have rules of their own, otherwise those who are called so. */
  #findAgents() {
    const text = this.text.trim();
    this.#agents.read(async (signal) => {
      if (!text) return this.#policiesOf({}, AGENTS, signal);
      const { agents = [], next_page_token: more } = await call('AgentService/ListAgents', { id_contains: text, page_size: AGENTS }, { signal });
      if (!agents.length) return { owners: [], more };
      const ids = agents.map((agent) => agent.agent_id);
      const { owners } = await this.#policiesOf({ scope_ids: ids }, 1_000, signal);
      const found = new Map(owners);
      return { owners: ids.map((id) => [id, found.get(id) ?? []]), more };
    });
  }

  async #policiesOf(filter, size, signal) {
    const request = { scopes: ['POLICY_SCOPE_AGENT'], page_size: size, ...filter };
    const { policies = [], next_page_token: more } = await call('PolicyService/ListPolicies', request, { signal });
    return { owners: byOwner(policies), more };
  }

  render() {
    const words = this.text.trim().toLowerCase();
    const matches = (id) => !words || id.toLowerCase().includes(words);
    const of = (scope, more = []) => {
      const owners = new Map(byOwner(this.policies.filter((policy) => policy.scope === scope)));
      for (const id of more) if (!owners.has(id)) owners.set(id, []);
      return [...owners].filter(([id]) => matches(id)).sort(([one], [other]) => (one < other ? -1 : 1));
    };
    const chosen = this.chosen;
    const [teams, queues] = [of('POLICY_SCOPE_TEAM', [...this.teams, ...ownId(chosen, 'POLICY_SCOPE_TEAM')]),
      of('POLICY_SCOPE_QUEUE', [...this.queues, ...ownId(chosen, 'POLICY_SCOPE_QUEUE')])];
    const { owners: agents = [], more } = this.#agents.value ?? {};
    return html`
      <nav class="card tree" aria-label=${t('tree')}>
        <label class="find"><span class="away">${t('find')}</span>
          <input type="search" placeholder=${t('find.short')} .value=${this.text} @input=${({ target }) => this.#find(target.value)}></label>
        <p class="muted small">${t('tree.help')}</p>
        <ul>
          <li>${this.#node(TENANT, name('POLICY_SCOPE_TENANT'), this.policies.find((policy) => !policy.scope_id && !policy.conditions))}
            <ul>
              ${this.#conditioned(TENANT, this.policies.filter((policy) => !policy.scope_id))}
              ${this.#branch('POLICY_SCOPE_TEAM', teams)}
              ${this.#branch('POLICY_SCOPE_QUEUE', queues)}
              ${this.#branch('POLICY_SCOPE_AGENT', agents, words ? 'nobody' : 'nobody-yet', more)}
            </ul>
          </li>
        </ul>
        ${this.#agents.failure()}
        ${this.#add()}
      </nav>`;
  }

  #branch(scope, owners, empty = 'none-yet', more = '') {
    return html`
      <li><details open><summary>${t(`all.${scope}`)} <span class="muted number">${countText(owners.length)}${more ? '+' : ''}</span></summary>
        <ul>
          ${owners.map(([id, policies]) => html`
            <li>${this.#node(keyFor(scope, id), id, policies.find((policy) => !policy.conditions))}
              <ul>${this.#conditioned(keyFor(scope, id), policies)}</ul></li>`)}
          ${owners.length ? nothing : html`<li class="muted small">${t(empty)}</li>`}
          ${more ? html`<li class="muted small">${t('tree.more')}</li>` : nothing}
        </ul></details></li>`;
  }

  /** Below a policy those for some interactions only; also the one that is looked at, where it sets nothing yet. */
  #conditioned(owner, policies) {
    const keys = policies.filter((policy) => policy.conditions).map((policy) => [keyOf(policy), policy]);
    const { chosen } = this;
    const isHere = chosen.scope === owner.scope && chosen.scope_id === owner.scope_id && chosen.conditions;
    if (isHere && !keys.some(([key]) => idOf(key) === idOf(chosen))) keys.push([chosen, undefined]);
    return keys.map(([key, policy]) => html`<li>${this.#node(key, conditionsText(key.conditions), policy)}</li>`);
  }

  #node(key, label, policy) {
    const id = idOf(key);
    const count = rulesOf(policy).length;
    const none = !count && key.scope_id;
    return html`
      <button class="node ${none ? 'none' : ''}" title=${none ? t('rules.none') : nothing} aria-current=${id === idOf(this.chosen) ? 'true' : nothing} @click=${() => this.#open(key)}>
        <span>${label}</span>
        ${this.drafts.has(id) ? html`<span class="chip unsaved">${t('unsaved')}</span>` : nothing}
        ${count ? html`<span class="chip here number" title=${plural('rules', count)}>${count}<span class="away"> ${plural('rules.word', count)}</span></span>` : nothing}
      </button>`;
  }

  #add() {
    return html`
      <details class="add"><summary>${t('add')}</summary>
        <form @submit=${(event) => this.#begin(event)}>
          <label>${t('add.scope')}<select name="scope" @change=${({ target }) => { this.adding = target.value; }}>
            ${ADDED.map((scope) => html`<option value=${scope}>${name(scope)}</option>`)}</select></label>
          <label>${t('add.id')}<input name="id" required maxlength="128" autocomplete="off" list="add-names" placeholder=${t('add.find')}
            @input=${({ target }) => this.#suggest(target.value)}></label>
          <datalist id="add-names">${this.#suggestions().map((id) => html`<option value=${id}></option>`)}</datalist>
          <button>${t('add.open')}</button>
        </form>
      </details>`;
  }

  #suggestions() {
    if (this.adding === 'POLICY_SCOPE_QUEUE') return this.queues;
    return this.adding === 'POLICY_SCOPE_TEAM' ? this.teams : this.#names.value ?? [];
  }

  #suggest(text) {
    if (this.adding === 'POLICY_SCOPE_AGENT') this.#names.read((signal) => agentNames(text, signal));
  }

  #begin(event) {
    event.preventDefault();
    const { scope, id } = Object.fromEntries(new FormData(event.target));
    if (id.trim()) this.#open(keyFor(scope, id.trim()));
  }

  #find(text) {
    this.text = text;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#findAgents(), PAUSE);
  }

  /** Arrow keys go from one to the next, as Tab does. */
  #move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches('.node, summary')) return;
    const places = [...this.querySelectorAll('.node, summary')].filter((place) => place.checkVisibility());
    event.preventDefault();
    places[places.indexOf(event.target) + step]?.focus();
  }

  #open(key) {
    this.dispatchEvent(new CustomEvent('open', { detail: key }));
  }
}

const ownId = (key, scope) => (key.scope === scope ? [key.scope_id] : []);

function byOwner(policies) {
  const owners = new Map();
  for (const policy of policies) owners.set(policy.scope_id, [...owners.get(policy.scope_id) ?? [], policy]);
  return [...owners];
}

customElements.define('policy-tree', PolicyTree);
