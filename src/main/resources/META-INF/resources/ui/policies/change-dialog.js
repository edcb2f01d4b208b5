// A change before it is made: for whom it is, what becomes of exceptions and of after-call work that is open.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { call } from '../lib/call.js';
import { t } from '../lib/texts.js';
import { requestFor, seen } from './draft.js';
import { impact } from './impact.js';
import { isStale } from './book.js';
import { hide, modal, show } from './modal.js';
import { Reading } from './reading.js';
import { keyText, plural, ruleText, valueText } from './words.js';

/**
 * `asked` has `key` and `base`, and either `changes` and whether they are meant `forAll`, or the `revision` to go back
 * to. Emits `made`, `stale` if somebody else was first, and `close`.
 */
class ChangeDialog extends View {
  static properties = { asked: { attribute: false } };

  #wish = {};
  #preview = new Reading(this);
  #action = new Action(this);

  willUpdate(changed) {
    if (!changed.has('asked')) return;
    const { forAll, applyToOpen = false, changes } = this.asked;
    this.#choose({ narrower: Boolean(forAll || this.#rollback), applyToOpen, rules: new Set(changes?.keys()) });
  }

  firstUpdated() {
    show(this);
  }

  get #rollback() {
    return this.asked.revision !== undefined;
  }

  async #choose(wish) {
    Object.assign(this.#wish, wish);
    this.#action.problem = null;
    await this.#preview.read((signal) => (this.#rollback || this.#wish.rules.size
      ? call(this.#path, { ...this.#request(), validate_only: true }, { signal }) : null));
    if (isStale(this.#preview.problem)) this.dispatchEvent(new Event('stale'));
  }

  get #path() {
    return `PolicyService/${this.#rollback ? 'RollbackPolicy' : 'UpdatePolicy'}`;
  }

  #request() {
    const { key, base, revision, allowMissing = false, changes } = this.asked;
    const { narrower, applyToOpen, rules } = this.#wish;
    const open = { apply_to_open_acws: applyToOpen };
    if (this.#rollback) return { ...key, revision, ...seen(base), restore_narrower: narrower, ...open };
    const chosen = new Map([...changes].filter(([rule]) => rules.has(rule)));
    return { ...requestFor(key, base, chosen), reset_narrower: narrower, allow_missing: allowMissing, ...open };
  }

  render() {
    const { key, forAll } = this.asked;
    const title = this.#rollback ? t('rollback.title') : forAll ? t(`to-all.${key.scope}`) : t('preview');
    return modal({ title: `${title} · ${keyText(key)}`, wide: true, close: () => this.dispatchEvent(new Event('close')) }, html`
      ${this.#rollback ? html`<p>${t('rollback.text', { moment: this.asked.moment })}</p>` : this.#rules()}
      ${this.#choice('narrower', this.#rollback ? 'restore' : 'exceptions')}
      ${this.#choice('applyToOpen', 'open')}
      <section aria-live="polite" aria-busy=${this.#preview.busy}>
        <h3>${t('impact.title')}</h3>
        ${this.#preview.failure()}
        ${this.#preview.value ? impact(this.#preview.value, this.#wish) : nothing}
      </section>
      ${this.#action.failure()}
      <div class="row">
        <button class="push" @click=${(event) => event.target.closest('dialog').close()}>${t('cancel')}</button>
        <button class="main" ?disabled=${!this.#preview.value || this.#preview.busy || this.#preview.problem || this.#action.busy}
          @click=${() => this.#make()}>${this.#makeText()}</button>
      </div>`);
  }

  #makeText() {
    const count = this.#preview.value?.affected_agents_count;
    return plural(this.#rollback ? 'rollback.make' : 'make', count ?? 0);
  }

  #rules() {
    return html`
      <fieldset>
        <legend>${t('rules.chosen')}</legend>
        ${[...this.asked.changes].map(([rule, value]) => html`
          <label class="check"><input type="checkbox" .checked=${this.#wish.rules.has(rule)}
            @change=${({ target }) => {
              const rules = new Set(this.#wish.rules);
              if (target.checked) rules.add(rule);
              else rules.delete(rule);
              this.#choose({ rules });
            }}> ${ruleText(rule)}: <b>${valueText(rule, value)}</b></label>`)}
      </fieldset>`;
  }

  /** @param key of the texts `<key>`, `<key>.no` and `<key>.yes` */
  #choice(property, key) {
    return html`
      <fieldset>
        <legend>${t(key)}</legend>
        ${[false, true].map((value) => html`
          <label class="check"><input type="radio" name=${property} .checked=${this.#wish[property] === value}
            @change=${() => this.#choose({ [property]: value })}> ${t(`${key}.${value ? 'yes' : 'no'}`)}</label>`)}
      </fieldset>`;
  }

  async #make() {
    const answer = await this.#action.run(this.#path, this.#request());
    if (answer) {
      hide(this);
      const { rules } = this.#wish;
      const changes = new Map([...this.asked.changes ?? []].filter(([rule]) => rules.has(rule)));
      this.dispatchEvent(new CustomEvent('made', { detail: { key: this.asked.key, answer, changes } }));
    } else if (isStale(this.#action.problem)) {
      this.dispatchEvent(new Event('stale'));
    }
  }
}

customElements.define('change-dialog', ChangeDialog);
