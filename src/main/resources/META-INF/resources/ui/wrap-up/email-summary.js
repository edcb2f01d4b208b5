// The summary that the customer is sent when nothing is missing any more.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { call } from '../lib/call.js';
import { language, t } from '../lib/texts.js';

/** Dispatches `write`, whose `detail` is the summary, undefined for none. An address goes out when it can be one. */
class EmailSummary extends View {
  static properties = {
    item: { attribute: false }, wanted: { attribute: false }, errors: { attribute: false }, disabled: { type: Boolean },
    ticked: { state: true }, preview: { state: true },
  };

  #action = new Action(this);

  /** Whether it is wanted and nobody has said where to. */
  get missing() {
    return this.ticked && !this.wanted;
  }

  focus() {
    this.querySelector('input[type=email]').focus();
  }

  willUpdate(changed) {
    if (changed.has('wanted') && this.wanted) this.ticked = true;
    if (changed.has('item')) Object.assign(this, { ticked: Boolean(this.wanted), preview: null });
  }

  render() {
    const error = Object.entries(this.errors ?? {}).find(([field]) => field.startsWith('email_summary'))?.[1];
    return html`
      <div class="field email">
        <label class="check"><input type="checkbox" .checked=${Boolean(this.ticked)} ?disabled=${this.disabled}
          @change=${(event) => this.#tick(event.target.checked)}>${t('email')}</label>
        ${this.ticked ? html`
          <form class="row" @submit=${(event) => event.preventDefault()}>
            <label class="grow">${t('email.address')}<input type="email" name="address" maxlength="254" autocomplete="off" required ?disabled=${this.disabled}
              .value=${this.wanted?.address ?? ''} aria-invalid=${error ? 'true' : nothing} @change=${() => this.#write()}></label>
            <label>${t('email.language')}<select name="language" ?disabled=${this.disabled} @change=${() => this.#write()}>
              ${[['es', 'Español'], ['en', 'English']].map(([code, name]) => html`
                <option value=${code} ?selected=${code === (this.wanted?.language ?? language())}>${name}</option>`)}</select></label>
            <button type="button" ?disabled=${this.#action.busy || !this.wanted} @click=${() => this.#look()}>${t('email.preview')}</button>
          </form>` : nothing}
        ${error ? html`<p class="wrong">${error}</p>` : nothing}
        ${this.#action.failure()}
        ${this.preview ? html`
          <section class="preview" aria-label=${t('email.preview')}>
            <b>${this.preview.subject}</b><pre>${this.preview.text}</pre>
            <button type="button" @click=${() => { this.preview = null; }}>${t('close')}</button></section>` : nothing}
      </div>`;
  }

  #tick(on) {
    this.ticked = on;
    if (!on) this.#say(undefined);
  }

  #write() {
    const form = this.querySelector('form');
    if (!form.reportValidity()) return;
    this.#say(Object.fromEntries(new FormData(form)));
  }

  #say(summary) {
    this.dispatchEvent(new CustomEvent('write', { detail: summary }));
  }

  async #look() {
    const { agentId, id, saver } = this.item;
    const request = { agent_id: agentId, interaction_id: id, wrap_up: saver.draft.mine };
    this.preview = (await this.#action.attempt(() => call('EmailTemplateService/PreviewEmail', request)))?.email ?? null;
  }
}

customElements.define('email-summary', EmailSummary);
