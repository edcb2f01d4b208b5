// The agent who was chosen, and what a supervisor can do for him.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { now } from '../lib/clock.js';
import { secondsOf, spanText } from '../lib/durations.js';
import { reasonName, REASONS } from '../lib/reasons.js';
import { name, t } from '../lib/texts.js';
import { clockSpan, countdown, timeOfDay } from '../lib/spans.js';
import { shape } from '../lib/status.js';
import { reasonField, reasonOf } from './force.js';

/** Times that are nearer than this are told to the second, in milliseconds. */
const NEAR = 10 * 60_000;

/** `supervises` says whether the user may do more than look. */
class AgentPanel extends View {
  static properties = { agent: { attribute: false }, supervises: { type: Boolean }, missing: { state: true }, said: { state: true } };

  #ticking;
  #action = new Action(this);

  connectedCallback() {
    super.connectedCallback();
    this.#ticking = setInterval(() => this.requestUpdate(), 250);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
  }

  willUpdate(changed) {
    if (!changed.has('agent') || changed.get('agent')?.agent_id === this.agent.agent_id) return;
    this.#action.problem = null;
    this.missing = null;
    this.said = '';
  }

  render() {
    const { agent } = this;
    return html`
      <aside class="card panel" aria-label=${agent.agent_id}>
        <div class="row ${agent.status}">
          ${shape(agent.status)}
          <h2 tabindex="-1">${agent.agent_id}</h2>
          <button class="push" @click=${() => this.dispatchEvent(new Event('close'))}>${t('agent.close')}</button>
        </div>
        <dl>
          ${this.#fact('agent.state', `${name(agent.status)} · ${clockSpan(now() - Date.parse(agent.status_since_time))}`)}
          ${this.#fact('agent.why', agent.not_ready_reason && reasonName(agent.not_ready_reason))}
          ${this.#fact('agent.next', agent.next_presence && presenceName(agent.next_presence))}
          ${this.#fact('agent.team', agent.team_id)}
          ${this.#fact('agent.predicted', soon(agent.predicted_available_time))}
          ${this.#fact('agent.by', soon(agent.available_by_time))}
        </dl>
        <p><a class="button" href="/ui/agent-day.html?${new URLSearchParams({ agent: agent.agent_id })}">${t('agent.day')}</a></p>
        ${this.#action.failure()}
        <p class="said" role="status">${this.said}</p>
        ${(agent.acws ?? []).map((acw) => this.#acw(acw))}
        ${(agent.acws ?? []).length ? nothing : html`<p class="muted">${t('agent.nothing')}</p>`}
        ${this.supervises ? this.#presence() : nothing}
      </aside>`;
  }

  #fact(key, value) {
    return value ? html`<dt>${t(key)}</dt><dd>${value}</dd>` : nothing;
  }

  #acw(acw) {
    const { interaction_id: id, queue_id: queue, customer_id: customer } = acw.interaction ?? {};
    const remaining = acw.deadline_time ? t('floor.left', { span: countdown(Date.parse(acw.deadline_time) - now()) }) : t('floor.open-ended');
    return html`
      <section class="acw">
        <h3>${t('agent.acw')} <span class="number">${acw.paused ? t('floor.paused') : remaining}</span></h3>
        <dl>${this.#fact('agent.queue', queue)}${this.#fact('agent.customer', customer)}</dl>
        ${this.supervises ? html`
          <button ?disabled=${this.#action.busy || !(acw.deadline_time || acw.paused)} @click=${() => this.#extend(id)}>${extension(acw)}</button>
          <form class="end" novalidate @submit=${(event) => this.#end(event, id)}>
            ${reasonField('agent.end.reason', this.missing === id)}
            <button class="danger" ?disabled=${this.#action.busy}>${t('agent.end')}</button>
          </form>` : nothing}
      </section>`;
  }

  #presence() {
    return html`
      <form class="row presence" @submit=${(event) => this.#declare(event)}>
        <label class="grow">${t('agent.set')}
          <select name="presence">
            <option value="PRESENCE_AVAILABLE">${name('PRESENCE_AVAILABLE')}</option>
            ${REASONS.map((reason) => html`
              <option value="PRESENCE_NOT_READY ${reason}">${presenceName({ presence: 'PRESENCE_NOT_READY', not_ready_reason: reason })}</option>`)}
            <option value="PRESENCE_OFFLINE">${name('PRESENCE_OFFLINE')}</option>
          </select>
        </label>
        <button ?disabled=${this.#action.busy}>${t('agent.set.do')}</button>
      </form>`;
  }

  async #extend(interactionId) {
    const answer = await this.#do('AcwService/ExtendAcw', { interaction_id: interactionId, override: true });
    const end = answer?.acw?.deadline_time;
    if (answer) this.said = end ? t('agent.extended', { time: timeOfDay(end, { seconds: true }) }) : t('agent.extended.paused');
  }

  async #end(event, interactionId) {
    event.preventDefault();
    const reason = reasonOf(event.target);
    this.missing = reason ? null : interactionId;
    if (!reason) return;
    const answer = await this.#do('AcwService/CompleteAcw', { interaction_id: interactionId, force: true, force_reason: reason });
    if (!answer) return;
    this.said = t('agent.ended');
    this.querySelector('h2').focus();
  }

  async #declare(event) {
    event.preventDefault();
    const [presence, reason = ''] = new FormData(event.target).get('presence').split(' ');
    const answer = await this.#do('AgentStateService/SetPresence', { presence, not_ready_reason: reason });
    if (answer) this.said = t(answer.agent_state?.next_presence ? 'agent.set.later' : 'agent.set.done', { presence: name(presence) });
  }

  #do(path, request) {
    this.said = '';
    return this.#action.run(path, { ...request, agent_id: this.agent.agent_id });
  }
}

/** A time that is to come; what was expected and has passed says nothing. */
function soon(time) {
  const ahead = time ? Date.parse(time) - now() : 0;
  return ahead > 0 ? timeOfDay(time, { seconds: ahead < NEAR }) : '';
}

function extension({ extension_duration: by }) {
  return secondsOf(by ?? '0s') ? t('agent.extend.by', { span: spanText(by) }) : t('agent.extend');
}

function presenceName({ presence, not_ready_reason: reason }) {
  return reason ? `${name(presence)}: ${reasonName(reason)}` : name(presence);
}

customElements.define('agent-panel', AgentPanel);
