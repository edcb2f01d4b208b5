// What to do on an empty floor: connect a router, or watch a simulated call centre; and what that is doing.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { answer } from '../lib/call.js';
import { session } from '../lib/session.js';
import { t } from '../lib/texts.js';

/** While it runs its figures are asked for so often, in milliseconds. */
const PACE = 2_000;

/** And whether it runs, as another window may have started it. */
const REST = 5_000;

class FirstRun extends View {
  static properties = { empty: { attribute: false }, session: { state: true }, told: { state: true }, ended: { state: true } };

  #action = new Action(this);
  #next;

  async connectedCallback() {
    super.connectedCallback();
    try {
      this.session = await session();
    } catch {
      // The floor itself says that the server does not answer.
      return;
    }
    if (this.session.simulator) this.#ask('GET');
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#next);
  }

  render() {
    const state = this.told?.state;
    const under = state && state !== 'stopped';
    if (under || this.ended || this.#action.problem) return this.#strip(state);
    return this.empty && this.session ? this.#card() : nothing;
  }

  #card() {
    const { simulator } = this.session;
    return html`
      <section class="card empty">
        <h2>${t('empty.title')}</h2>
        <p>${t('empty.text')}</p>
        ${simulator ? html`
          <h3>${t('simulator.title')}</h3>
          <p>${t('simulator.text', { agents: this.told?.agent_count ?? '', speed: this.told?.speed ?? '' })}</p>
          <p><button class="main" ?disabled=${this.#action.busy || !this.told} @click=${() => this.#do('POST')}>${t('simulator.start')}</button></p>` : nothing}
        <h3>${t('empty.router')}</h3>
        <p>${t('empty.router.text')}</p>
        <pre><code>${this.#example('AgentStateService/SetPresence', { agent_id: 'ana', presence: 'PRESENCE_AVAILABLE' })}
${this.#example('AcwService/StartAcw', { agent_id: 'ana', interaction: { interaction_id: 'call-1', channel: 'CHANNEL_VOICE' } })}</code></pre>
      </section>`;
  }

  #example(path, request) {
    const token = this.session.authenticated ? ' -H "authorization: Bearer $TOKEN"' : '';
    return `curl -H 'content-type: application/json'${token} -d '${JSON.stringify(request)}' ${location.origin}/api/v1/${path}`;
  }

  #strip(state) {
    const told = this.told;
    const counted = told?.served_count !== undefined;
    return html`
      <section class="card row simulator" aria-label=${t('simulator.title')}>
        <b>${t('simulator.title')}</b>
        <span role="status">${t(`simulator.${state ?? 'stopped'}`)}</span>
        ${counted ? html`<span class="number">${t('simulator.counts', {
          served: told.served_count,
          waiting: told.waiting_count,
          completed: told.completed_count,
          out: told.timed_out_count,
        })}</span>` : nothing}
        ${this.#action.failure()}
        <span class="push"></span>
        ${state === 'stopped'
          ? html`<button ?disabled=${this.#action.busy} @click=${() => this.#do('POST')}>${t('simulator.again')}</button>`
          : html`<button ?disabled=${this.#action.busy || state !== 'running'} @click=${() => this.#do('DELETE')}>${t('simulator.stop')}</button>`}
      </section>`;
  }

  #do(method) {
    return this.#action.attempt(() => this.#ask(method));
  }

  async #ask(method) {
    clearTimeout(this.#next);
    try {
      const before = this.told?.state;
      this.told = await (await answer('/api/simulator', { method, body: method === 'POST' ? '{}' : undefined })).json();
      this.ended ||= before !== undefined && before !== 'stopped' && this.told.state === 'stopped';
    } catch (failure) {
      if (method !== 'GET') throw failure;
      // Asked again below; the floor itself says that the server does not answer.
    }
    if (this.isConnected) this.#next = setTimeout(() => this.#ask('GET'), this.told?.state === 'stopped' ? REST : PACE);
  }
}

customElements.define('first-run', FirstRun);
