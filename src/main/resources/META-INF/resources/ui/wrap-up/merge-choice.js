// What was written here and somewhere else: one has to choose, and nothing is lost meanwhile.
import { html, nothing, View } from '../lib/view.js';
import { t } from '../lib/texts.js';

/** Dispatches `resolve`, whose `detail` is a `field` and its `value`. */
class MergeChoice extends View {
  static properties = { conflicts: { attribute: false }, catalogue: { attribute: false, hasChanged: () => true } };

  render() {
    if (!this.conflicts?.length) return nothing;
    return html`
      <section class="merge card" role="region" aria-label=${t('merge')}>
        <h2>${t('merge')}</h2>
        <p>${t('merge.why')}</p>
        ${this.conflicts.map((conflict) => this.#conflict(conflict))}
      </section>`;
  }

  #conflict({ field, mine, theirs, joined }) {
    const versions = [['mine', mine], ['theirs', theirs], ...(joined === undefined ? [] : [['joined', joined]])];
    return html`
      <fieldset><legend>${this.#name(field)}</legend>
        <div class="versions">
          ${versions.map(([which, value]) => html`
            <div class="version"><h3>${t(`merge.${which}`)}</h3>
              <div class="text">${this.#show(field, value) || html`<i class="muted">${t('merge.empty')}</i>`}</div>
              <button type="button" @click=${() => this.#take(field, value)}>${t(`merge.take.${which}`)}</button></div>`)}
        </div>
      </fieldset>`;
  }

  #name(field) {
    return field.startsWith('form_values.') ? field.slice('form_values.'.length) : t(field);
  }

  #show(field, value) {
    if (field === 'disposition') return this.catalogue?.label(value.disposition_code) ?? value.disposition_code;
    if (field === 'email_summary') return value?.address;
    return typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
  }

  #take(field, value) {
    this.dispatchEvent(new CustomEvent('resolve', { detail: { field, value } }));
  }
}

customElements.define('merge-choice', MergeChoice);
