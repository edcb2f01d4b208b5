// A list of ids, typed or chosen from those that are known.
import { html, View } from '../lib/view.js';
import { t } from '../lib/texts.js';

/** Emits `ids` with the list as it is then. */
class IdList extends View {
  static properties = { label: { attribute: false }, ids: { attribute: false }, known: { attribute: false } };

  #list = `known-${Math.random().toString(36).slice(2)}`;

  render() {
    return html`
      <div class="ids" role="group" aria-label=${this.label}>
        <label>${this.label}
          <input list=${this.#list} autocomplete="off" placeholder=${t('reports.all')}
            @change=${(event) => this.#add(event.target)} @keydown=${(event) => event.key === 'Enter' && event.preventDefault()}
            @keyup=${(event) => event.key === 'Enter' && this.#add(event.target)}></label>
        <datalist id=${this.#list}>${this.known.filter(([id]) => !this.ids.includes(id)).map(([id, text]) => html`<option value=${id}>${text}</option>`)}</datalist>
        ${this.ids.map((id) => html`
          <button type="button" class="chip" aria-label=${t('reports.remove', { id })} @click=${() => this.#become(this.ids.filter((one) => one !== id))}>
            ${this.known.find(([one]) => one === id)?.[1] || id} <span aria-hidden="true">✕</span>
          </button>`)}
      </div>`;
  }

  #add(input) {
    const found = input.value.split(/[\s,]+/).filter((id) => id && !this.ids.includes(id));
    input.value = '';
    if (found.length) this.#become([...this.ids, ...found]);
  }

  #become(ids) {
    this.dispatchEvent(new CustomEvent('ids', { detail: ids }));
  }
}

customElements.define('id-list', IdList);
