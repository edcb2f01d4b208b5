// The agent who was chosen, and what a supervisor can do for him.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { now } from '../lib/clock.js';
import { name, t } from '../lib/texts.js';
import { clockSpan, countdown, timeOfDay } from '../lib/spans.js';
import { shape } from '../lib/status.js';

class AgentPanel extends View {
  static properties = { agent: { attribute: false } };

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
    if (changed.has('agent') && changed.get('agent')?.agent_id !== this.agent.agent_id) this.#action.problem = null;
  }

  render() {
    const agent = this.agent;
    return html`
      <aside class="card panel" aria-label=${agent.agent_id}>
        <div class="row ${agent.status}">
          ${shape(agent.status)}
          <h2>${agent.agent_id}</h2>
          <button class="push" @click=${() => this.dispatchEvent(new Event('close'))}>${t('agent.close')}</button>
        </div>
        <dl>
          ${this.#fact('agent.state', `${name(agent.status)} · ${clockSpan(now() - Date.parse(agent.status_since_time))}`)}
          ${this.#fact('agent.team', agent.team_id)}
          ${this.#fact('agent.predicted', agent.predicted_available_time && timeOfDay(agent.predicted_available_time))}
          ${this.#fact('agent.by', agent.available_by_time && timeOfDay(agent.available_by_time))}
        </dl>
        <p><a class="button" href="/ui/agent-day.html?${new URLSearchParams({ agent: agent.agent_id })}">${t('agent.day')}</a></p>
        ${this.#action.failure()}
        ${(agent.acws ?? []).map((acw) => this.#acw(acw))}
        ${(agent.acws ?? []).length ? nothing : html`<p class="muted">${t('agent.nothing')}</p>`}
      </aside>`;
  }

  #fact(key, value) {
    return value ? html`<dt>${t(key)}</dt><dd>${value}</dd>` : nothing;
  }

  #acw(acw) {
    const { interaction_id: id, queue_id: queue, customer_id: customer } = acw.interaction ?? {};
    const remaining = acw.deadline_time ? countdown(Date.parse(acw.deadline_time) - now()) : t('floor.open-ended');
    return html`
      <section class="acw">
        <h3>${t('agent.acw')} <span class="number">${acw.paused ? t('floor.paused') : remaining}</span></h3>
        <dl>${this.#fact('agent.queue', queue)}${this.#fact('agent.customer', customer)}</dl>
        <form class="row" @submit=${(event) => this.#end(event, id)}>
          <button type="button" ?disabled=${this.#action.busy || !acw.deadline_time} @click=${() => this.#extend(id)}>${t('agent.extend')}</button>
          <label class="grow">${t('agent.end.reason')}<input name="reason" required maxlength="256"></label>
          <button class="danger" ?disabled=${this.#action.busy}>${t('agent.end')}</button>
        </form>
      </section>`;
  }

  #extend(interactionId) {
    return this.#do('AcwService/ExtendAcw', { interaction_id: interactionId, override: true });
  }

  #end(event, interactionId) {
    event.preventDefault();
    const reason = new FormData(event.target).get('reason');
    return this.#do('AcwService/CompleteAcw', { interaction_id: interactionId, force: true, force_reason: reason });
  }

  #do(path, request) {
    return this.#action.run(path, { ...request, agent_id: this.agent.agent_id });
  }
}

customElements.define('agent-panel', AgentPanel);
