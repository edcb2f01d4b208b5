// Where one is among the lists of follow-ups, and how many are in each.
import { html, nothing, View } from '../lib/view.js';
import { t } from '../lib/texts.js';
import { scopesOf, STATES } from './lists.js';

/** The server counts no further. */
const MOST = 10_000;

/** Emits `go` with what of the place is to be another. */
class FollowUpPlaces extends View {
  static properties = {
    who: { attribute: false }, place: { attribute: false }, agents: { attribute: false }, count: { attribute: false }, counts: { attribute: false },
  };

  render() {
    const { who, place } = this;
    return html`
      <div class="row">
        ${who.own ? nothing : this.#field('agent', 'agents')}
        <div class="row tabs" role="group" aria-label=${t('follow-ups.whose')}>
          ${scopesOf(who).map((scope) => this.#tab('scope', scope, scope === place.scope && place.state === 'open' ? this.count : this.counts.get(`scope ${scope}`)))}
        </div>
        ${place.scope === 'team' ? this.#field('team', null, who.teams.join(', ')) : nothing}
        ${place.scope === 'department' ? this.#field('department') : nothing}
      </div>
      <div class="row">
        <div class="row tabs" role="group" aria-label=${t('follow-ups.which')}>
          ${STATES.map((state) => this.#tab('state', state, state === place.state ? this.count : this.counts.get(`state ${state}`)))}
        </div>
        ${this.#field('customer')}
      </div>
      <datalist id="known-agents">${this.agents.map((agent) => html`<option value=${agent}></option>`)}</datalist>`;
  }

  #tab(part, value, count) {
    return html`
      <button class="tab ${value}" aria-pressed=${this.place[part] === value} @click=${() => this.#go({ [part]: value })}>
        ${value === 'mine' && !this.who.own ? t('follow-ups.scope.of', { agent: this.who.agent }) : t(`follow-ups.${part}.${value}`)}
        ${count === undefined || count === null ? nothing : html`<span class="count number">${count < MOST ? count : `${MOST}+`}</span>`}
      </button>`;
  }

  #field(name, list, usual = '') {
    return html`
      <label class="check">${t(`follow-ups.field.${name}`)}
        <input type="search" name=${name} maxlength="128" autocomplete="off" list=${list ? `known-${list}` : nothing} placeholder=${usual || nothing}
          .value=${this.place[name]} @change=${(event) => this.#go({ [name]: event.target.value.trim() })}></label>`;
  }

  #go(values) {
    this.dispatchEvent(new CustomEvent('go', { detail: values }));
  }
}

customElements.define('follow-up-places', FollowUpPlaces);
