// Tags, with those that are in use already.
import { html, nothing, View } from '../lib/view.js';
import { call } from '../lib/call.js';
import { t } from '../lib/texts.js';

/** Dispatches `write`, whose `detail` is all tags. */
class TagsField extends View {
  static properties = { tags: { attribute: false }, error: {}, disabled: { type: Boolean }, text: { state: true }, known: { state: true } };

  #asked = null;

  constructor() {
    super();
    Object.assign(this, { tags: [], text: '', known: [], error: '' });
  }

  render() {
    return html`
      <div class="field tags">
        <label>${t('tags')}
          <input list="known-tags" maxlength="64" autocomplete="off" .value=${this.text} ?disabled=${this.disabled}
            placeholder=${t('tags.add')} aria-invalid=${this.error ? 'true' : nothing} aria-describedby=${this.error ? 'tags-error' : nothing}
            @focus=${() => this.#ask()} @input=${(event) => this.#typed(event)} @keydown=${(event) => this.#key(event)} @blur=${() => this.#add()}></label>
        <datalist id="known-tags">${this.known.filter((tag) => !this.tags.includes(tag)).map((tag) => html`<option value=${tag}></option>`)}</datalist>
        ${this.tags.length ? html`<ul class="chips" aria-label=${t('tags')}>${this.tags.map((tag) => html`<li>${tag}
          <button type="button" ?disabled=${this.disabled} aria-label=${t('tags.remove', { tag })} @click=${() => this.#remove(tag)}>×</button></li>`)}</ul>` : nothing}
        ${this.error ? html`<p class="wrong" id="tags-error">${this.error}</p>` : nothing}
      </div>`;
  }

  #typed(event) {
    this.text = event.target.value;
    // A choice from the list comes as an input that is none of a key.
    if (!event.inputType || event.inputType === 'insertReplacementText') this.#add();
    else if (this.text.endsWith(',')) this.#add();
    else this.#ask();
  }

  #key(event) {
    if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault();
      this.#add();
    } else if (event.key === 'Backspace' && !this.text && this.tags.length) {
      this.#say(this.tags.slice(0, -1));
    }
  }

  #add() {
    const tag = this.text.replace(/,$/, '').trim();
    this.text = '';
    if (tag && !this.tags.includes(tag)) this.#say([...this.tags, tag]);
  }

  #remove(tag) {
    this.#say(this.tags.filter((one) => one !== tag));
  }

  #say(tags) {
    this.dispatchEvent(new CustomEvent('write', { detail: tags }));
  }

  /** Suggestions are a courtesy: without an answer there are those of before. */
  async #ask() {
    const prefix = this.text.trim();
    if (this.#asked === prefix) return;
    this.#asked = prefix;
    const { tags = [] } = await call('WrapUpService/ListTags', { prefix, page_size: 20 }).catch(() => ({}));
    if (this.#asked === prefix) this.known = tags.map(({ tag }) => tag);
  }
}

customElements.define('tags-field', TagsField);
