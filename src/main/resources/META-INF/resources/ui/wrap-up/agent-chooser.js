// Whose window this is, where the credentials do not say.
import { html, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { call } from '../lib/call.js';
import { t } from '../lib/texts.js';

class AgentChooser extends View {
  static properties = { agents: { state: true } };

  #action = new Action(this);

  async connectedCallback() {
    super.connectedCallback();
    const answer = await this.#action.attempt(() => call('AgentStateService/ListAgentStates', { page_size: 1_000 }));
    this.agents = answer?.agent_states?.map(({ agent_id }) => agent_id) ?? [];
  }

  render() {
    return html`
      <form class="card chooser" action="/ui/wrap-up.html">
        <h1>${t('chooser')}</h1>
        <p>${t('chooser.why')}</p>
        <div class="row">
          <label class="grow">${t('chooser.agent')}<input name="agent" list="agents" required maxlength="128" autocomplete="off"></label>
          <datalist id="agents">${this.agents?.map((agent) => html`<option value=${agent}></option>`)}</datalist>
          <button class="main">${t('chooser.open')}</button>
        </div>
        ${this.#action.failure()}
      </form>`;
  }
}

customElements.define('agent-chooser', AgentChooser);
