// A change before it is made: for whom it is, what becomes of exceptions and of after-call work that is open.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { call } from '../lib/call.js';
import { t } from '../lib/texts.js';
import { requestFor, seen } from './draft.js';
import { same } from './rules.js';
import { impact } from './impact.js';
import { isStale } from './book.js';
import { hide, modal, show } from './modal.js';
import { Reading } from './reading.js';
import { keyText, plural, settingText } from './words.js';

/**
 * `asked` has `key` and `base`, and either `changes` and whether they are meant `forAll`, or the `revision` to go back
 * to; and a `title` where that says it better. Who agrees presses Enter. Emits `made`, `stale` if somebody else was first, and `close`.
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
    const { key, title = this.#title() } = this.asked;
    const { value, busy, problem } = this.#preview;
    const waits = !value || busy || problem || this.#action.busy || this.#idle;
    return modal({ title: `${title} · ${keyText(key)}`, wide: true, close: () => this.dispatchEvent(new Event('close')) }, html`
      ${this.#rollback ? html`<p>${t('rollback.text', { moment: this.asked.moment })}</p>` : this.#rules()}
      ${this.#choice('narrower', this.#rollback ? 'restore' : 'exceptions')}
      ${this.#choice('applyToOpen', 'open')}
      <section aria-live="polite" aria-busy=${busy}>
        <h3>${t('impact.title')}</h3>
        ${this.#preview.failure()}
        ${value ? impact(value, this.#wish) : nothing}
      </section>
      ${this.#action.failure()}
      <div class="row decide">
        <button class="push" @click=${(event) => event.target.closest('dialog').close()}>${t('cancel')}</button>
        <button class="main" autofocus aria-disabled=${Boolean(waits)} @click=${() => waits || this.#make()}>${this.#makeText()}</button>
      </div>`);
  }

  #title() {
    const { key, forAll } = this.asked;
    return this.#rollback ? t('rollback.title') : forAll ? t(`to-all.${key.scope}`) : t('preview');
  }

  /** Whether there is nothing to do: nobody is given anything else, and what is to be set is set already. */
  get #idle() {
    const { base, changes } = this.asked;
    const { affected_agents_count: agents, narrower_reset_count: reset, open_acws_count: open } = this.#preview.value ?? {};
    return Boolean(base && !this.#rollback) && !agents && !reset && !(open && this.#wish.applyToOpen)
      && [...changes].every(([rule, value]) => same(base[rule], value));
  }

  #makeText() {
    const { value } = this.#preview;
    if (!value) return t('make.unknown');
    if (this.#idle) return t('make.idle');
    const count = value.affected_agents_count ?? 0;
    if (!count) return t(this.#rollback ? 'rollback.title' : 'make.none');
    return plural(this.#rollback ? 'rollback.make' : 'make', count);
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
            }}> <b>${settingText(this.asked.key, rule, value)}</b></label>`)}
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
