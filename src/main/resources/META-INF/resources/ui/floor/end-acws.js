// Asks whether all after-call work of a team or a queue is to end, and ends it.
import { html, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { t } from '../lib/texts.js';
import { reasonField, reasonOf } from './force.js';

/** Emits `close`, with how many ACWs were ended or null. `by` is `team` or `queue`, `open` how many there are now. */
class EndAcws extends View {
  static properties = { by: {}, name: {}, open: { type: Number }, missing: { state: true } };

  #action = new Action(this);
  #ended = null;

  firstUpdated() {
    this.querySelector('dialog').showModal();
  }

  render() {
    return html`
      <dialog aria-labelledby="end-title" @close=${() => this.dispatchEvent(new CustomEvent('close', { detail: this.#ended }))}>
        <form class="question" novalidate @submit=${(event) => this.#end(event)}>
          <h2 id="end-title">${t(`end.title.${this.by}`, { name: this.name })}</h2>
          <p>${t(this.open === 1 ? 'end.one' : 'end.many', { count: this.open })}</p>
          ${reasonField('agent.end.reason', this.missing)}
          ${this.#action.failure()}
          <div class="row">
            <button class="danger" ?disabled=${this.#action.busy}>${t('end.do', { count: this.open })}</button>
            <button type="button" @click=${() => this.querySelector('dialog').close()}>${t('end.cancel')}</button>
          </div>
        </form>
      </dialog>`;
  }

  async #end(event) {
    event.preventDefault();
    const reason = reasonOf(event.target);
    this.missing = !reason;
    if (!reason) return;
    const answer = await this.#action.run('AcwService/EndAcws', { [`${this.by}_id`]: this.name, force_reason: reason });
    if (!answer) return;
    this.#ended = answer.ended_count ?? 0;
    this.querySelector('dialog').close();
  }
}

customElements.define('end-acws', EndAcws);
