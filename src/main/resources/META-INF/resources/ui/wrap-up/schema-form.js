// The form of a disposition.
import { html, nothing, View } from '../lib/view.js';
import { t } from '../lib/texts.js';
import { localTime } from './times.js';
import { fieldsOf, typedValue } from './form-fields.js';

const INPUTS = { text: 'text', number: 'number', integer: 'number', date: 'date', time: 'datetime-local', email: 'email', url: 'url' };

/** Dispatches `write`, whose `detail` is a `name` and its `value`. */
class SchemaForm extends View {
  static properties = {
    schema: { attribute: false }, values: { attribute: false }, errors: { attribute: false },
    disabled: { type: Boolean }, unread: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { values: {}, errors: {}, unread: {} });
  }

  render() {
    const fields = fieldsOf(this.schema);
    if (!fields.length) return nothing;
    return html`
      <fieldset class="form" ?disabled=${this.disabled}>
        <legend>${this.schema.title || t('form')}</legend>
        ${fields.map((field) => this.#field(field))}
      </fieldset>`;
  }

  #field(field) {
    const error = this.#error(field);
    const wrong = error ? html`<p class="wrong" id="form-${field.name}-error">${error}</p>` : nothing;
    const hint = field.hint ? html`<small class="muted">${field.hint}</small>` : nothing;
    const needed = field.required ? html` <b class="needed">${t('required')}</b>` : nothing;
    if (field.kind === 'flag') {
      return html`<div class="field"><label class="check"><input type="checkbox" .checked=${this.values[field.name] === true}
        @change=${(event) => this.#write(field, event.target.checked)}><span>${field.label}${needed}</span></label>${hint}${wrong}</div>`;
    }
    if (field.kind === 'choices') {
      return html`<fieldset class="field choices"><legend>${field.label}${needed}</legend>
        ${field.options.map(({ value, label }) => html`<label class="check"><input type="checkbox"
          .checked=${(this.values[field.name] ?? []).includes(value)} @change=${(event) => this.#toggle(field, value, event.target.checked)}>${label}</label>`)}
        ${hint}${wrong}</fieldset>`;
    }
    return html`<div class="field"><label><span>${field.label}${needed}</span>${this.#control(field, error)}</label>${hint}${wrong}</div>`;
  }

  #error({ name, required }) {
    if (this.unread[name]) return t('form.unread');
    return this.errors[name] && required && this.values[name] === undefined ? t('form.missing') : this.errors[name];
  }

  #control(field, error) {
    const value = this.values[field.name];
    const invalid = error ? 'true' : nothing;
    const described = error ? `form-${field.name}-error` : nothing;
    if (field.kind === 'choice') {
      return html`<select aria-invalid=${invalid} aria-describedby=${described} aria-required=${field.required}
        @change=${(event) => this.#write(field, event.target.value)}>
        <option value="" ?selected=${value === undefined}></option>
        ${field.options.map((option) => html`<option value=${option.value} ?selected=${option.value === value}>${option.label}</option>`)}</select>`;
    }
    if (field.kind === 'lines' || field.kind === 'json') {
      const json = field.kind === 'json';
      return html`<textarea rows="3" aria-invalid=${invalid} aria-describedby=${described} aria-required=${field.required}
        class=${json ? 'json' : ''} spellcheck=${!json} .value=${json ? this.#json(field) : value ?? ''}
        @input=${(event) => (json ? this.#read(field, event.target.value) : this.#write(field, event.target.value))}></textarea>
        ${json ? html`<small class="muted">${t('form.json')}</small>` : nothing}`;
    }
    return html`<input type=${INPUTS[field.kind]} step=${field.kind === 'number' ? 'any' : nothing} min=${field.min ?? nothing} max=${field.max ?? nothing}
      maxlength=${field.maxLength ?? nothing} aria-invalid=${invalid} aria-describedby=${described} aria-required=${field.required}
      .value=${value === undefined ? '' : field.kind === 'time' ? localTime(value) : String(value)}
      @input=${(event) => this.#write(field, event.target.value)}>`;
  }

  #json(field) {
    const value = this.values[field.name];
    return this.unread[field.name] ?? (value === undefined ? '' : JSON.stringify(value, null, 1));
  }

  /** What is not JSON yet stays in the field and goes nowhere. */
  #read(field, text) {
    try {
      const value = text.trim() ? JSON.parse(text) : undefined;
      this.unread = { ...this.unread, [field.name]: undefined };
      this.#say(field.name, value);
    } catch {
      this.unread = { ...this.unread, [field.name]: text };
    }
  }

  #toggle(field, value, on) {
    const others = (this.values[field.name] ?? []).filter((one) => one !== value);
    this.#write(field, on ? field.options.map((option) => option.value).filter((one) => one === value || others.includes(one)) : others);
  }

  #write(field, raw) {
    this.#say(field.name, typedValue(field, raw));
  }

  #say(name, value) {
    this.dispatchEvent(new CustomEvent('write', { detail: { name, value } }));
  }
}

customElements.define('schema-form', SchemaForm);
