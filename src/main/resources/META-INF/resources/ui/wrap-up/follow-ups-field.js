// What is promised in an interaction: what is open with its customer, and the next one, which is being written.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { call } from '../lib/call.js';
import { now } from '../lib/clock.js';
import { t } from '../lib/texts.js';
import { dayAndTime, localTime, PRESETS } from './times.js';

const KINDS = ['CALLBACK', 'EMAIL', 'APPOINTMENT', 'ESCALATION', 'ORDER', 'INFORMATION', 'OTHER'].map((kind) => `FOLLOW_UP_KIND_${kind}`);
const ASSIGNEES = ['agent_id', 'team_id', 'department_id'];

class FollowUpsField extends View {
  static properties = { item: { attribute: false }, errors: { attribute: false }, disabled: { type: Boolean }, made: { state: true } };

  #action = new Action(this);

  willUpdate(changed) {
    if (!changed.has('item')) return;
    this.made = [];
    this.#action.problem = null;
    this.#read();
  }

  get promise() {
    return this.item.saver.promise;
  }

  /** Whether it can only be made beside the end of the work: by its kind, for another agent. */
  get apart() {
    const { agent_id: to } = this.promise?.details.assignee ?? {};
    return to !== undefined && to !== this.item.agentId;
  }

  render() {
    return html`
      <fieldset class="promises" ?disabled=${this.disabled}>
        <legend>${t('promises')}</legend>
        ${this.made.length ? html`<ul class="made">${this.made.map((followUp) => this.#made(followUp))}</ul>` : nothing}
        ${this.#action.failure()}
        ${this.promise ? this.#editor(this.promise.details) : html`
          <button type="button" @click=${() => this.#begin()}>${t('promises.new')}</button>`}
      </fieldset>`;
  }

  #made({ follow_up_id, state, details, ...more }) {
    const open = state === 'FOLLOW_UP_STATE_OPEN';
    const earlier = more.interaction_id !== this.item.id;
    return html`
      <li class=${open ? '' : 'cancelled'}>${earlier ? html`<span class="muted">${t('promises.earlier')}</span> ` : nothing}<b>${t(details.kind)}</b> <span>${dayAndTime(details.due_time)}</span> <span class="muted">${details.note ?? ''}</span>
        ${open ? html`<button type="button" class="small" ?disabled=${this.#action.busy} @click=${() => this.#cancel({ follow_up_id, ...more })}>${t('promises.cancel')}</button>` : html`<i>${t(state)}</i>`}</li>`;
  }

  #editor({ kind, due_time: due, assignee, note }) {
    const to = ASSIGNEES.find((one) => assignee && one in assignee) ?? '';
    const at = now();
    return html`
      <div class="row">
        <label>${t('promises.kind')}<select aria-required="true" @change=${(event) => this.#write({ kind: event.target.value })}>
          ${KINDS.map((one) => html`<option value=${one} ?selected=${one === kind}>${t(one)}</option>`)}</select></label>
        <label>${t('promises.due')}<input type="datetime-local" aria-required="true" .value=${due ? localTime(due) : ''}
          @change=${(event) => this.#write({ due_time: event.target.value ? new Date(event.target.value).toISOString() : undefined })}></label>
        <span class="presets" role="group" aria-label=${t('promises.presets')}>
          ${Object.entries(PRESETS).map(([name, time]) => html`
            <button type="button" class="small" @click=${() => this.#write({ due_time: new Date(time(at)).toISOString() })}>${t(`promises.${name}`)}</button>`)}</span>
      </div>
      ${this.#wrong('due_time')}${this.#wrong('kind')}
      <div class="row">
        <label>${t('promises.to')}<select @change=${(event) => this.#write({ assignee: event.target.value ? { [event.target.value]: '' } : undefined })}>
          ${['', ...ASSIGNEES].map((one) => html`<option value=${one} ?selected=${one === to}>${t(`promises.to.${one || 'me'}`)}</option>`)}</select></label>
        ${to ? html`<label>${t(`promises.to.${to}`)}<input maxlength="128" aria-required="true" .value=${assignee[to]}
          @input=${(event) => this.#write({ assignee: { [to]: event.target.value.trim() } })}></label>` : nothing}
        <label class="grow">${t('promises.note')}<input .value=${note ?? ''} @input=${(event) => this.#write({ note: event.target.value })}></label>
      </div>
      ${this.#wrong('assignee')}${this.#wrong('note')}
      <div class="row">
        <button type="button" ?disabled=${this.#action.busy} @click=${() => this.add()}>${t('promises.add')}</button>
        <button type="button" @click=${() => this.item.saver.writePromise(null)}>${t('promises.drop')}</button>
      </div>`;
  }

  #wrong(name) {
    const found = Object.entries(this.errors ?? {}).find(([field]) => field.startsWith(`follow_ups[0].details.${name}`));
    return found ? html`<p class="wrong">${found[1]}</p>` : nothing;
  }

  #begin() {
    this.item.saver.writePromise({ follow_up_id: crypto.randomUUID(), details: { kind: KINDS[0], due_time: new Date(PRESETS.tomorrow(now())).toISOString() } });
    this.requestUpdate();
    this.updateComplete.then(() => this.querySelector('select').focus());
  }

  #write(change) {
    this.item.saver.writePromise({ ...this.promise, details: { ...this.promise.details, ...change } });
  }

  /** Makes it now. Returns whether it has been made; if not, it is still being written. */
  async add() {
    const { item, promise } = this;
    const request = { agent_id: item.agentId, interaction_id: item.id, ...promise };
    const answer = await this.#action.run('FollowUpService/CreateFollowUp', request);
    if (!answer) return false;
    if (item.saver.promise === promise) item.saver.writePromise(null);
    if (item === this.item) this.made = [...this.made, answer.follow_up];
    return true;
  }

  async #cancel({ follow_up_id, holder_agent_id, etag }) {
    const answer = await this.#action.run('FollowUpService/UpdateFollowUp',
      { agent_id: holder_agent_id, follow_up_id, etag, state: 'FOLLOW_UP_STATE_CANCELLED' });
    if (answer) this.made = this.made.map((one) => (one.follow_up_id === follow_up_id ? answer.follow_up : one));
  }

  async #read() {
    const { item } = this;
    const customer = item.interaction.customer_id;
    if (!customer) return;
    const answer = await this.#action.attempt(() => call('FollowUpService/ListFollowUps', { agent_ids: [item.agentId], customer_id: customer, page_size: 20 }));
    if (answer && item === this.item) this.made = [...(answer.follow_ups ?? []), ...this.made];
  }
}

customElements.define('follow-ups-field', FollowUpsField);
