// What the agent declares about himself, and what the server makes of it.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { now } from '../lib/clock.js';
import { REASONS, reasonName } from '../lib/reasons.js';
import { clockSpan } from '../lib/spans.js';
import { name, t } from '../lib/texts.js';

const PRESENCES = ['AVAILABLE', 'NOT_READY', 'OFFLINE'].map((presence) => `PRESENCE_${presence}`);

class PresenceControl extends View {
  static properties = { agentId: {}, agent: { attribute: false }, disabled: { type: Boolean }, reason: { state: true } };

  #action = new Action(this);
  #ticking;

  constructor() {
    super();
    this.reason = REASONS[0];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#ticking = setInterval(() => this.requestUpdate(), 1_000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
  }

  render() {
    const { agent } = this;
    const wanted = agent?.next_presence?.presence ?? agent?.presence;
    return html`
      <section class="card presence ${agent?.status ?? ''}" aria-label=${t('presence')}>
        <span class="dot" aria-hidden="true"></span>
        <b>${agent ? name(agent.status) : t('presence.unseen')}</b>
        ${agent ? html`<span class="number muted">${clockSpan(now() - Date.parse(agent.status_since_time))}</span>` : nothing}
        ${agent?.not_ready_reason ? html`<span class="muted">${reasonName(agent.not_ready_reason)}</span>` : nothing}
        ${agent?.next_presence ? html`<span>${t('presence.next', { presence: name(agent.next_presence.presence) })}</span>` : nothing}
        <span class="push row" role="group" aria-label=${t('presence.declare')}>
          ${PRESENCES.map((presence) => html`
            <button aria-pressed=${presence === wanted} ?disabled=${this.disabled || this.#action.busy} @click=${() => this.#declare(presence)}>${name(presence)}</button>
            ${presence === PRESENCES[1] ? this.#reasons(wanted) : nothing}`)}
        </span>
        ${this.#action.failure()}
      </section>`;
  }

  /** Beside what it is the reason of. */
  #reasons(wanted) {
    return html`
      <label class="check"><span class="away">${t('presence.reason')}</span>
        <select ?disabled=${this.disabled} @change=${(event) => { this.reason = event.target.value; if (wanted === PRESENCES[1]) this.#declare(wanted); }}>
          ${REASONS.map((reason) => html`<option value=${reason} ?selected=${reason === this.reason}>${reasonName(reason)}</option>`)}</select></label>`;
  }

  #declare(presence) {
    return this.#action.run('AgentStateService/SetPresence',
      { agent_id: this.agentId, presence, not_ready_reason: presence === PRESENCES[1] ? this.reason : '' });
  }
}

customElements.define('presence-control', PresenceControl);
