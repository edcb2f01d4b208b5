// Fields of forms about follow-ups: what is to be done, by whom, and until when.
import { html } from '../lib/view.js';
import { name, t } from '../lib/texts.js';
import { localInput, moment, presets } from './due.js';
import { KINDS } from './lists.js';

export function kindField(value) {
  return html`
    <label>${t('follow-ups.kind')}
      <select name="kind">${KINDS.map((kind) => html`<option value=${kind} ?selected=${kind === value}>${name(kind)}</option>`)}</select>
    </label>`;
}

/** `kind` of the assignee and its id. */
export function assigneeFields(kinds, { kind, id = '' }) {
  return html`
    <label>${t('follow-ups.to')}
      <select name="assignee">${kinds.map((one) => html`<option value=${one} ?selected=${one === kind}>${t(`follow-ups.to.${one}`)}</option>`)}</select>
    </label>
    <label>${t('follow-ups.to.who')}
      <input name="assignee_id" list="known-agents" autocomplete="off" .value=${id} maxlength="128" required></label>`;
}

/** An `Assignee`, of a form's data. */
export function assigneeOf(data) {
  return { [`${data.get('assignee')}_id`]: data.get('assignee_id').trim() };
}

export function dueField(value, now) {
  return html`<label>${t('follow-ups.due')}
    <input type="datetime-local" name="due" required .value=${localInput(value)} min=${localInput(now)}></label>`;
}

/** Emits the time that was chosen. */
export function duePresets(now, choose, busy) {
  return presets(now).map(([key, time]) => html`
    <button type="button" ?disabled=${busy} title=${moment(time)} @click=${() => choose(time)}>${t(`follow-ups.due.${key}`)}</button>`);
}
