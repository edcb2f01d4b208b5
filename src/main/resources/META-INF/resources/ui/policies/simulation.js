// What would have been: the recorded after-call work of a period under rules that are not made.
import { html, nothing, View } from '../lib/view.js';
import { callStream, NoAnswer, Problem } from '../lib/call.js';
import { now } from '../lib/clock.js';
import { problemView } from '../lib/action.js';
import { t } from '../lib/texts.js';
import { durationOf, spanText } from '../lib/durations.js';
import { changed as withChange, requestFor } from './draft.js';
import { figures } from './figures.js';
import { modal, show } from './modal.js';
import { PRESETS } from './rules.js';
import { countText, keyText, plural, ruleText, valueText } from './words.js';

const DAY = 86_400_000;
const PERIODS = [1, 7, 30, 92];

/** `asked` has `key`, `base` and `changes`. Emits `close`. */
class PolicySimulation extends View {
  static properties = {
    asked: { attribute: false },
    changes: { state: true },
    days: { state: true },
    narrower: { state: true },
    progress: { state: true },
    result: { state: true },
    problem: { state: true },
  };

  #running = null;

  constructor() {
    super();
    Object.assign(this, { days: 7, narrower: false, progress: null, result: null, problem: null });
  }

  willUpdate(changed) {
    if (changed.has('asked')) this.changes = this.asked.changes;
  }

  firstUpdated() {
    show(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#running?.abort();
  }

  render() {
    const close = () => { this.#running?.abort(); this.dispatchEvent(new Event('close')); };
    return modal({ title: `${t('simulate')} · ${keyText(this.asked.key)}`, wide: true, close }, html`
      <p class="muted">${t('simulate.help')}</p>
      <div class="row" role="group" aria-label=${t('presets')}>
        <span class="label">${t('presets')}</span>
        ${PRESETS.map((seconds) => {
          const value = durationOf(seconds);
          return html`<button class="preset number" aria-pressed=${this.changes.get('duration') === value} ?disabled=${this.progress}
            @click=${() => { this.changes = withChange(this.asked.base, this.changes, 'duration', value); }}>${spanText(value)}</button>`;
        })}
      </div>
      <p>${this.changes.size
        ? [...this.changes].map(([rule, value]) => html`<span class="chip">${ruleText(rule)}: <b>${valueText(rule, value)}</b></span> `)
        : t('simulate.as-is')}</p>
      <div class="row">
        <label class="check">${t('simulate.period')}
          <select ?disabled=${this.progress} @change=${({ target }) => { this.days = PERIODS[target.selectedIndex]; }}>
            ${PERIODS.map((days) => html`<option .selected=${days === this.days}>${plural('simulate.days', days)}</option>`)}</select></label>
        <label class="check"><input type="checkbox" .checked=${this.narrower} ?disabled=${this.progress}
          @change=${({ target }) => { this.narrower = target.checked; }}> ${t('exceptions.yes')}</label>
        ${this.progress ? html`<button class="push danger" @click=${() => this.#running.abort()}>${t('simulate.cancel')}</button>`
          : html`<button class="push main" @click=${() => this.#run()}>${t('simulate.run')}</button>`}
      </div>
      ${this.progress ? html`
        <label class="running"><span role="status">${t('simulate.running', { count: countText(this.progress.replayed_count) })}</span>
          <progress max="1" .value=${this.progress.fraction ?? 0}></progress></label>` : nothing}
      ${this.problem ? this.#failure() : nothing}
      ${this.result ? figures(this.result) : nothing}`);
  }

  /** It changes nothing, so that one can simply try again. */
  #failure() {
    return this.problem instanceof NoAnswer ? html`<p class="problem" role="alert">${t('unread')}</p>` : problemView(this.problem);
  }

  async #run() {
    const { policy, update_mask: mask } = requestFor(this.asked.key, undefined, this.changes);
    const end = now();
    const request = {
      ...(this.changes.size && { policy, update_mask: mask, reset_narrower: this.narrower, allow_missing: true }),
      start_time: new Date(end - this.days * DAY).toISOString(),
      end_time: new Date(end).toISOString(),
    };
    const own = (this.#running = new AbortController());
    Object.assign(this, { progress: {}, result: null, problem: null });
    try {
      for await (const message of callStream('PolicyService/SimulatePolicy', request, { signal: own.signal })) {
        if (message.progress) this.progress = message.progress;
        else this.result = message.result;
      }
    } catch (failure) {
      if (failure instanceof Problem || failure instanceof NoAnswer) this.problem = failure;
      else if (failure.name !== 'AbortError') throw failure;
    } finally {
      this.progress = null;
    }
  }
}

customElements.define('policy-simulation', PolicySimulation);
