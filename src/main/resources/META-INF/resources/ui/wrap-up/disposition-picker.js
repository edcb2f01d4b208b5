// Chooses a disposition: a combobox with a tree. Typing looks for it, arrows go through it, Enter chooses.
import { html, nothing, View } from '../lib/view.js';
import { t } from '../lib/texts.js';
import { firstChoosable, treeRows } from './disposition-tree.js';

/** Dispatches `choose`, whose `detail` is the disposition, or null for none. */
class DispositionPicker extends View {
  static properties = {
    dispositions: { attribute: false },
    catalogue: { attribute: false, hasChanged: () => true },
    code: {}, required: { type: Boolean }, error: {}, disabled: { type: Boolean },
    text: { state: true }, opened: { state: true }, active: { state: true }, shown: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { dispositions: [], code: '', text: null, opened: new Map(), active: 0, shown: false, error: '' });
  }

  focus() {
    this.querySelector('input').focus();
  }

  /** Who was faster than the server finds what he has typed, too. */
  willUpdate(changed) {
    if (changed.has('dispositions') && this.text) this.active = firstChoosable(this.#tree().rows);
  }

  render() {
    const { rows, more } = this.#tree();
    const value = this.text ?? (this.code ? this.#label(this.code) : '');
    return html`
      <label class="field"><span>${t('disposition')}${this.required ? html` <b class="needed">${t('required')}</b>` : nothing}</span>
        <input role="combobox" aria-haspopup="tree" aria-autocomplete="list" autocomplete="off" spellcheck="false"
          aria-expanded=${this.shown} aria-controls=${this.shown ? 'disposition-tree' : nothing}
          aria-activedescendant=${this.shown && rows.length ? `disposition-${this.active}` : nothing}
          aria-required=${this.required} aria-invalid=${this.error ? 'true' : nothing} aria-describedby=${this.error ? 'disposition-error' : nothing}
          placeholder=${t('disposition.find')} .value=${value} ?disabled=${this.disabled}
          @input=${(event) => this.#look(event.target.value)} @click=${() => this.#open()}
          @keydown=${(event) => this.#key(event, rows)} @blur=${() => this.#close()}></label>
      ${this.code && this.text === null && this.#retired() ? html`<p class="hint warn">${t('disposition.retired')}</p>` : nothing}
      ${this.error ? html`<p class="wrong" id="disposition-error">${this.error}</p>` : nothing}
      ${this.shown ? this.#popup(rows, more) : nothing}`;
  }

  #popup(rows, more) {
    return html`
      <ul role="tree" id="disposition-tree" class="tree" aria-label=${t('disposition')}>
        ${rows.map((row, index) => this.#row(row, index))}
        ${rows.length ? nothing : html`<li role="treeitem" aria-disabled="true" class="muted">${t('disposition.none')}</li>`}
        ${more ? html`<li role="treeitem" aria-disabled="true" class="muted">${t('disposition.more', { count: more })}</li>` : nothing}
      </ul>`;
  }

  #row({ disposition, level, expanded }, index) {
    return html`
      <li role="treeitem" id="disposition-${index}" aria-level=${level} aria-expanded=${expanded ?? nothing}
        aria-selected=${disposition.code === this.code} aria-disabled=${disposition.group && expanded === undefined ? 'true' : nothing}
        class="${index === this.active ? 'active' : ''} ${disposition.group ? 'group' : ''}" .style=${`padding-inline-start: ${0.6 + (level - 1) * 1.1}rem`}
        @pointerdown=${(event) => { event.preventDefault(); this.#take(disposition, expanded); }}>
        <span class="twist" aria-hidden="true">${expanded === undefined ? '' : expanded ? '▾' : '▸'}</span>${disposition.label}
      </li>`;
  }

  #tree() {
    return treeRows(this.dispositions, this.text ?? '', this.opened);
  }

  #look(text) {
    this.text = text;
    this.shown = true;
    this.active = firstChoosable(this.#tree().rows);
  }

  #open() {
    if (this.shown) return;
    this.shown = true;
    const chosen = this.#tree().rows.findIndex(({ disposition }) => disposition.code === this.code);
    this.active = Math.max(0, chosen);
  }

  /** Empty text takes away what was chosen; other text that was not chosen is no choice. */
  #close() {
    if (this.text === '' && this.code) this.#say(null);
    this.shown = false;
    this.text = null;
  }

  #key(event, rows) {
    const row = rows[this.active];
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.key in moves) {
      if (this.shown) this.active = Math.min(rows.length - 1, Math.max(0, this.active + moves[event.key]));
      else this.#open();
    } else if (event.key === 'Enter' && !event.ctrlKey && this.shown && row) {
      this.#take(row.disposition, row.expanded);
    } else if (event.key === 'Escape' && this.shown) {
      this.shown = false;
      this.text = null;
    } else if ((event.key === 'ArrowRight' || event.key === 'ArrowLeft') && this.shown && !this.text && row?.expanded !== undefined) {
      this.#toggle(row.disposition.code, event.key === 'ArrowRight');
    } else {
      return;
    }
    event.preventDefault();
  }

  #take(disposition, expanded) {
    if (disposition.group) {
      if (!this.text) this.#toggle(disposition.code, !expanded);
      return;
    }
    this.#say(disposition);
    this.shown = false;
    this.text = null;
  }

  #toggle(code, open) {
    this.opened = new Map(this.opened).set(code, open);
  }

  #say(disposition) {
    this.dispatchEvent(new CustomEvent('choose', { detail: disposition }));
  }

  #label(code) {
    return this.catalogue?.label(code) ?? code;
  }

  #retired() {
    return !this.dispositions.some((one) => one.code === this.code && !one.group);
  }

  updated() {
    this.querySelector('.tree .active')?.scrollIntoView({ block: 'nearest' });
  }
}

customElements.define('disposition-picker', DispositionPicker);
