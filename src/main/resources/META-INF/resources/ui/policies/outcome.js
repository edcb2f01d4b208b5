// What came of the last change, and the way back from it.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { t } from '../lib/texts.js';
import { seen } from './draft.js';
import { keyText, plural, settingText } from './words.js';

/** `made` has the `key`, the `answer` and the `changes`, if they are known. Emits `made` when it has been taken back, and `close`. */
class PolicyOutcome extends View {
  static properties = { made: { attribute: false } };

  #action = new Action(this);

  willUpdate(changed) {
    if (changed.has('made')) this.#action.problem = null;
  }

  render() {
    const { key, answer, changes = new Map(), takenBack } = this.made;
    const { affected_agents_count: agents = 0, narrower_reset_count: reset = 0, open_acws_count: open = 0 } = answer;
    return html`
      <div class="outcome card">
        <span role="status">${t(takenBack ? 'made.back' : 'made', { policy: whatText(key, changes) })} ${agents ? plural('made.agents', agents) : t('made.nobody')}
          ${reset ? plural('made.reset', reset) : nothing} ${open ? plural('made.open', open) : nothing}</span>
        <span class="row">${takenBack ? nothing : html`<button aria-disabled=${this.#action.busy} @click=${() => this.#undo()}>${t('undo')}</button>`}
        <button @click=${() => this.dispatchEvent(new Event('close'))} aria-label=${t('close')}>✕</button></span>
        ${this.#action.failure()}
      </div>`;
  }

  /** To before the change, unless somebody has changed the policy since. */
  async #undo() {
    const { key, answer } = this.made;
    const back = await this.#action.run('PolicyService/RollbackPolicy', {
      ...key,
      revision: String(BigInt(answer.revision) - 1n),
      ...seen(answer.policy),
      restore_narrower: true,
      apply_to_open_acws: Boolean(answer.open_acws_count),
    });
    if (back) this.dispatchEvent(new CustomEvent('made', { detail: { key, answer: back, takenBack: true } }));
  }
}

/** `Everybody · Time: 45 s`; of more than one change, how many. */
function whatText(key, changes) {
  const [[rule, value] = []] = changes;
  const what = changes.size > 1 ? plural('made.rules', changes.size) : rule && settingText(key, rule, value);
  return [keyText(key), what].filter(Boolean).join(' · ');
}

customElements.define('policy-outcome', PolicyOutcome);
