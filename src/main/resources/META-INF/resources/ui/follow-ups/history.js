// What a follow-up was before, and who changed it.
import { html, nothing, View } from '../lib/view.js';
import { call } from '../lib/call.js';
import { problemView } from '../lib/action.js';
import { name, t } from '../lib/texts.js';
import { moment } from './due.js';
import { assignee } from './lists.js';

class FollowUpHistory extends View {
  static properties = { followUp: { attribute: false }, revisions: { state: true }, problem: { state: true } };

  #of;

  willUpdate() {
    const { follow_up_id: id, etag } = this.followUp;
    if (this.#of !== `${id} ${etag}`) {
      this.#of = `${id} ${etag}`;
      this.#read();
    }
  }

  async #read() {
    const { holder_agent_id: holder, follow_up_id: id } = this.followUp;
    try {
      const answer = await call('FollowUpService/GetFollowUp', { agent_id: holder, follow_up_id: id, with_revisions: true });
      Object.assign(this, { revisions: [answer.follow_up, ...(answer.revisions ?? [])], problem: null });
    } catch (problem) {
      this.problem = problem;
    }
  }

  render() {
    return html`
      ${problemView(this.problem)}
      <ol class="history" aria-label=${t('follow-ups.history')}>
        ${(this.revisions ?? []).map((one) => {
          const { kind, id } = assignee(one);
          return html`
            <li>
              <b>${moment(one.update_time)}</b> ${one.updated_by}:
              ${name(one.state)}, ${t(`follow-ups.with.${kind}`, { id })}, ${t('follow-ups.due')} ${moment(one.details.due_time)}
              ${one.details.note ? html`<span class="note muted">${one.details.note}</span>` : nothing}
            </li>`;
        })}
      </ol>`;
  }
}

customElements.define('follow-up-history', FollowUpHistory);
