// Reminders that have come while the page is open: said once, politely, and shown until somebody has seen to them.
import { html, nothing, repeat, View } from '../lib/view.js';
import { Action, problemView } from '../lib/action.js';
import { now } from '../lib/clock.js';
import { name, t } from '../lib/texts.js';
import { presets } from './due.js';

/** Emits `changed` with what a follow-up has become, and `seen` with the id of one that is only to be hidden. */
class ReminderList extends View {
  static properties = { reminders: { attribute: false }, pending: { attribute: false }, said: { state: true } };

  #action = new Action(this);

  willUpdate(changed) {
    if (changed.has('reminders')) {
      this.reminders?.addEventListener('due', ({ detail }) => {
        this.said = t('follow-ups.reminder', { what: detail.map(title).join(', ') });
      });
    }
  }

  updated() {
    const { length } = this.pending;
    document.title = `${length ? `(${length}) ` : ''}${t('follow-ups.title')} · Aftercall`;
  }

  render() {
    return html`
      <p class="away" role="status" aria-live="polite">${this.said ?? ''}</p>
      ${problemView(this.reminders?.problem)}
      ${this.#action.failure()}
      ${this.pending.length ? html`
        <section class="card reminders" aria-label=${t('follow-ups.reminders')}>
          <h2>${t('follow-ups.reminders')}</h2>
          <ul>${repeat(this.pending, (one) => one.follow_up_id, (one) => this.#one(one))}</ul>
        </section>` : nothing}`;
  }

  #one(followUp) {
    const busy = this.#action.busy;
    const [, hour] = presets(now())[0];
    const press = (key, act) => html`
      <button ?disabled=${busy} @click=${act}>${t(`follow-ups.${key}`)}<span class="away"> ${title(followUp)}</span></button>`;
    return html`
      <li class="row" data-reminder=${followUp.follow_up_id}>
        <span class="grow"><b>${title(followUp)}</b> ${followUp.details.note}</span>
        ${press('complete', () => this.#update(followUp, { state: 'FOLLOW_UP_STATE_DONE' }))}
        ${press('due.in-1-hour', () => this.#update(followUp, { details: { due_time: new Date(hour).toISOString() } }))}
        ${press('hide', () => this.dispatchEvent(new CustomEvent('seen', { detail: followUp.follow_up_id })))}
      </li>`;
  }

  async #update({ holder_agent_id: holder, follow_up_id: id, etag }, change) {
    const answer = await this.#action.run('FollowUpService/UpdateFollowUp', { agent_id: holder, follow_up_id: id, etag, ...change });
    if (answer) this.dispatchEvent(new CustomEvent('changed', { detail: answer.follow_up }));
    else if (this.#action.problem?.title === 'STALE_ETAG') this.reminders.look();
  }
}

function title({ details: { kind, customer_id: customer } }) {
  return customer ? `${name(kind)} · ${customer}` : name(kind);
}

customElements.define('reminder-list', ReminderList);
