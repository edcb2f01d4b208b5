// The forms by which a follow-up is changed, and what they ask of the server.
import { html } from '../lib/view.js';
import { t } from '../lib/texts.js';
import { fromLocalInput } from './due.js';
import { assigneeFields, assigneeOf, dueField, duePresets, kindField } from './fields.js';
import { assignee } from './lists.js';

export const DEEDS = ['reschedule', 'reassign', 'escalate', 'edit'];

const FIELDS = {
  reschedule: ({ details }, { now, opened, busy, put }) => html`
    ${duePresets(now, (due) => put({ details: { due_time: new Date(due).toISOString() } }), busy)}
    ${dueField(Math.max(Date.parse(details.due_time), opened), opened)}`,
  reassign: (followUp) => assigneeFields(['agent', 'team'], { kind: assignee(followUp).kind === 'team' ? 'team' : 'agent' }),
  escalate: () => html`
    <label>${t('follow-ups.to.department')}<input name="department" required maxlength="128"></label>
    <label class="grow">${t('follow-ups.reason')}<textarea name="reason" rows="2" required></textarea></label>`,
  edit: ({ details }) => html`
    ${kindField(details.kind)}
    <label class="grow">${t('follow-ups.note')}<textarea name="note" rows="3" required .value=${details.note ?? ''}></textarea></label>`,
};

/**
 * The form of a deed.
 * @param followUp as it was when the form was opened
 * @param how `now`, `opened` (the time when it was), `busy`, `put` for an `UpdateFollowUp` without the form, and `submit`
 */
export function deedForm(deed, followUp, how) {
  return html`
    <form class="row deed" aria-label=${t(`follow-ups.${deed}`)} @submit=${how.submit}>
      ${FIELDS[deed](followUp, how)}
      <button class="main" ?disabled=${how.busy}>${t(`follow-ups.${deed}.do`)}</button>
    </form>`;
}

/**
 * The call that a form asks for, and what of its request.
 * @param note as it stands: another department is told why, and still what it is about
 */
export function deedRequest(deed, data, note) {
  switch (deed) {
    case 'reschedule': return ['UpdateFollowUp', { details: { due_time: fromLocalInput(data.get('due')) } }];
    case 'reassign': return ['UpdateFollowUp', { details: { assignee: assigneeOf(data) } }];
    case 'edit': return ['UpdateFollowUp', { details: { kind: data.get('kind'), note: data.get('note') } }];
    default: {
      const reason = data.get('reason').trim();
      return ['EscalateFollowUp', { department_id: data.get('department').trim(), note: note ? `${reason}\n\n${note}` : reason }];
    }
  }
}
