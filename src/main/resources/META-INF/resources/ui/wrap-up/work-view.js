// One piece of work: its clock, what can be done with it, and what is written about it.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { why } from '../lib/refusal.js';
import { clockSpan } from '../lib/spans.js';
import { t } from '../lib/texts.js';
import { savingState } from './saving-state.js';
import { millis } from './timing.js';
import { endedText } from './ended.js';
import { dayAndTime } from './times.js';
import './acw-clock.js';
import './wrap-up-form.js';

/** Modes in which asking for ACW during a call does something. */
const ASKABLE = ['ACW_MODE_AGENT_REQUESTED', 'ACW_MODE_TIMED'];

class WorkView extends View {
  static properties = { item: { attribute: false }, desk: { attribute: false }, catalogue: { attribute: false, hasChanged: () => true }, can: { attribute: false }, emails: { type: Boolean }, teamId: {} };

  #action = new Action(this);
  #subscribed;

  willUpdate(changed) {
    if (!changed.has('item')) return;
    this.#subscribed?.abort();
    this.#subscribed = new AbortController();
    this.item.addEventListener('change', () => this.requestUpdate(), { signal: this.#subscribed.signal });
    this.#action.problem = null;
  }

  get form() {
    return this.querySelector('wrap-up-form');
  }

  complete() {
    return this.can.write && this.item.completable ? this.form.complete() : undefined;
  }

  extend() {
    return this.#do('ExtendAcw');
  }

  render() {
    const { item, can } = this;
    return html`
      <article class="work" aria-label=${t('work')}>
        <div class="head card">
          <acw-clock .item=${item}></acw-clock>
          <div class="row does">
            ${can.write && item.acw ? this.#extension(item.acw) : nothing}
            ${can.write && item.live && this.#askable() ? this.#request() : nothing}
            ${item.acw?.mode === 'ACW_MODE_FIXED' ? html`<span class="muted">${t('fixed')}</span>` : nothing}
            ${item.late && !item.saver.unsaved ? html`<button @click=${() => this.desk.close(item)}>${t('close')}</button>` : nothing}
            ${item.saver.state === 'closed' ? html`<button class="danger" @click=${() => this.desk.discard(item)}>${t('discard')}</button>` : nothing}
            ${can.write && item.completable ? html`
              <button class="main" ?disabled=${item.saver.completing} aria-keyshortcuts="Control+Enter" @click=${() => this.complete()}>${t('done')}</button>` : nothing}
          </div>
          ${item.late ? this.#late() : nothing}
          <p class="saving ${item.saver.state} ${item.saver.version ? '' : 'none'}">${can.write ? savingState(item.saver, this.desk.copies.problem) : t('read-only')}</p>
          ${item.saver.refusal ? html`<p class="problem" role="alert">${why(item.saver.refusal)}</p>` : nothing}
          ${this.#action.failure()}
        </div>
        <wrap-up-form .item=${item} .catalogue=${this.catalogue} .teamId=${this.teamId} .emails=${this.emails} .readOnly=${!can.write || item.saver.state === 'closed'}
          @typed=${() => this.desk.typed()}></wrap-up-form>
      </article>`;
  }

  #late() {
    const { ended, saver, touched } = this.item;
    const until = saver.version?.editable_until_time;
    return html`<p class="ended">
      ${ended ? endedText(ended) : nothing}
      ${ended && touched && saver.state === 'saved' ? t('ended.saved') : nothing}
      ${saver.version?.status === 'WRAP_UP_STATUS_INCOMPLETE' ? t('ended.incomplete') : nothing}
      ${until ? t('ended.until', { time: dayAndTime(until) }) : nothing}</p>`;
  }

  #extension(acw) {
    if (!acw.deadline_time || !acw.extension_duration || !(acw.extensions_left || acw.extensions_used)) return nothing;
    const left = acw.extensions_left ?? 0;
    return html`<button ?disabled=${this.#action.busy || !left} @click=${() => this.extend()}>
      ${t('extend', { span: clockSpan(millis(acw.extension_duration)) })} <span class="muted">${t('extend.left', { count: left })}</span></button>`;
  }

  #askable() {
    return ASKABLE.includes(this.item.rules?.mode);
  }

  #request() {
    const asked = this.item.interaction.acw_requested;
    return html`<button aria-pressed=${Boolean(asked)} ?disabled=${asked || this.#action.busy} @click=${() => this.#do('RequestAcw')}>${t(asked ? 'requested' : 'request')}</button>`;
  }

  #do(call) {
    return this.#action.run(`AcwService/${call}`, { agent_id: this.item.agentId, interaction_id: this.item.id });
  }
}

customElements.define('work-view', WorkView);
