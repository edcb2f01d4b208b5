// What holds for an agent, a queue, a channel and a direction, rule by rule, and where each rule comes from.
import { html, nothing, View } from '../lib/view.js';
import { name, t } from '../lib/texts.js';
import { effective } from './book.js';
import { CHANNELS, contextOf, DIRECTIONS, idOf, keyOf } from './key.js';
import { agentNames } from './names.js';
import { GROUPS } from './rules.js';
import { Reading } from './reading.js';
import { keyText, ruleText, valueText } from './words.js';

/** Emits `open` with the key of a source. */
class EffectiveRules extends View {
  static properties = { key: { attribute: false }, edition: { attribute: false }, queues: { attribute: false } };

  #context = {};
  #reading = new Reading(this);
  #names = new Reading(this);

  willUpdate(changed) {
    const other = changed.has('key') && idOf(this.key) !== (changed.get('key') && idOf(changed.get('key')));
    if (other) this.#context = contextOf(this.key);
    if (other || changed.has('edition')) this.#read();
  }

  #read() {
    const context = this.#context;
    return this.#reading.read((signal) => effective(context, signal));
  }

  /** A team counts as long as no agent is named, who has his own. */
  #ask(changes) {
    const { team_id: team, ...rest } = { ...this.#context, ...changes };
    const own = contextOf(this.key).team_id;
    const set = Object.fromEntries(Object.entries(rest).filter(([, value]) => value));
    this.#context = { ...set, ...(!set.agent_id && own && { team_id: own }) };
    this.#read();
  }

  render() {
    const { value } = this.#reading;
    return html`
      <section class="card holds" aria-labelledby="holds">
        <h2 id="holds">${t('holds')}</h2>
        <p class="muted small">${t('holds.help')}</p>
        <div class="asked">
          <label>${t('agent')}<input list="holds-agents" .value=${this.#context.agent_id ?? ''} placeholder=${this.#context.team_id
            ? t('of.POLICY_SCOPE_TEAM', { id: this.#context.team_id }) : t('anybody')}
            @input=${({ target }) => this.#suggest(target.value)} @change=${({ target }) => this.#ask({ agent_id: target.value.trim() })}></label>
          <datalist id="holds-agents">${this.#names.value?.map((id) => html`<option value=${id}></option>`)}</datalist>
          <label>${t('queue')}<input list="holds-queues" .value=${this.#context.queue_id ?? ''} placeholder=${t('any')}
            @change=${({ target }) => this.#ask({ queue_id: target.value.trim() })}></label>
          <datalist id="holds-queues">${this.queues.map((id) => html`<option value=${id}></option>`)}</datalist>
          ${this.#choice('channel', CHANNELS)}
          ${this.#choice('direction', DIRECTIONS)}
        </div>
        ${this.#reading.failure()}
        ${value ? html`
          <table aria-busy=${this.#reading.busy}>
            <thead><tr><th scope="col">${t('rule')}</th><th scope="col">${t('value')}</th><th scope="col">${t('source')}</th></tr></thead>
            <tbody>${GROUPS.flatMap(([, rules]) => rules).map((rule) => this.#row(rule, value))}</tbody>
          </table>` : nothing}
      </section>`;
  }

  #row(rule, { policy, provenance = {} }) {
    const source = provenance[rule];
    return html`
      <tr data-holds=${rule}><td>${ruleText(rule)}</td>
        <td><b>${policy[rule] === undefined ? t('none') : valueText(rule, policy[rule])}</b></td>
        <td>${source
          ? html`<button class="link" @click=${() => this.dispatchEvent(new CustomEvent('open', { detail: keyOf(source) }))}>${keyText(keyOf(source))}</button>`
          : html`<span class="muted">${t('default')}</span>`}</td></tr>`;
  }

  #choice(property, values) {
    return html`
      <label>${t(property)}
        <select @change=${({ target }) => this.#ask({ [property]: ['', ...values][target.selectedIndex] })}>
          ${['', ...values].map((value) => html`<option .selected=${value === (this.#context[property] ?? '')}>${value ? name(value) : t('any')}</option>`)}
        </select></label>`;
  }

  #suggest(text) {
    this.#names.read((signal) => agentNames(text, signal));
  }
}

customElements.define('effective-rules', EffectiveRules);
