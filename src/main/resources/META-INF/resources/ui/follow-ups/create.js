// A promise that is written down outside a wrap-up.
import { html, nothing, repeat, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { now } from '../lib/clock.js';
import { t } from '../lib/texts.js';
import { fromLocalInput, localInput, presets } from './due.js';
import { assigneeFields, assigneeOf, dueField, duePresets, kindField } from './fields.js';
import { KINDS } from './lists.js';

/** A dialog that is opened by `show()`; emits `created` with the follow-up. */
class FollowUpCreate extends View {
  static properties = { who: { attribute: false }, customer: { attribute: false } };

  #action = new Action(this);
  #due;
  /** One that was made leaves nothing to the next one. */
  #made = 0;

  show() {
    this.#due = presets(now()).find(([key]) => key === 'tomorrow')[1];
    this.#action.problem = null;
    this.requestUpdate();
    this.querySelector('dialog').showModal();
  }

  render() {
    return html`<dialog aria-labelledby="create-title">${repeat([this.#made], (one) => one, () => this.#form())}</dialog>`;
  }

  #form() {
    const { agent } = this.who;
    const time = now();
    const busy = this.#action.busy;
    return html`
      <form class="create" @submit=${(event) => this.#submit(event)}>
        <h2 id="create-title">${t('follow-ups.create')}</h2>
        ${this.#action.failure()}
        <div class="row">
          ${kindField(KINDS[0])}
          <label class="grow">${t('follow-ups.customer')}<input name="customer" maxlength="128" .value=${this.customer ?? ''}></label>
          ${agent ? nothing : html`<label class="grow">${t('follow-ups.promised')}<input name="agent" list="known-agents" required maxlength="128"></label>`}
        </div>
        <div class="row">${dueField(this.#due ?? time, time)}${duePresets(time, (due) => this.#set(due), busy)}</div>
        <div class="row">${assigneeFields(['agent', 'team', 'department'], { kind: 'agent', id: agent })}</div>
        <label>${t('follow-ups.interaction.optional')}<input name="interaction" maxlength="128"></label>
        <label>${t('follow-ups.note')}<textarea name="note" rows="4"></textarea></label>
        <div class="row">
          <button class="main" ?disabled=${busy}>${t('follow-ups.create.do')}</button>
          <button type="button" @click=${() => this.querySelector('dialog').close()}>${t('follow-ups.close')}</button>
        </div>
      </form>`;
  }

  #set(due) {
    this.querySelector('[name=due]').value = localInput(due);
  }

  async #submit(event) {
    event.preventDefault();
    const form = event.target;
    const data = new FormData(form);
    const text = (field) => (data.get(field) ?? '').trim();
    const answer = await this.#action.run('FollowUpService/CreateFollowUp', {
      agent_id: this.who.agent || text('agent'),
      interaction_id: text('interaction'),
      details: {
        kind: text('kind'), due_time: fromLocalInput(data.get('due')), assignee: assigneeOf(data), note: text('note'), customer_id: text('customer'),
      },
    });
    if (!answer) return;
    this.#made += 1;
    this.requestUpdate();
    this.querySelector('dialog').close();
    this.dispatchEvent(new CustomEvent('created', { detail: answer.follow_up }));
  }
}

customElements.define('follow-up-create', FollowUpCreate);
