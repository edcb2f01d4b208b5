// What is written about one interaction.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { t } from '../lib/texts.js';
import { beginning } from './form-fields.js';
import { errorsOf, formErrors } from './refusals.js';
import './disposition-picker.js';
import './schema-form.js';
import './tags-field.js';
import './follow-ups-field.js';
import './email-summary.js';
import './merge-choice.js';

const LINES = { notes: 7, actions_taken: 2, actions_recommended: 2 };

class WrapUpForm extends View {
  static properties = { item: { attribute: false }, catalogue: { attribute: false, hasChanged: () => true }, teamId: {}, emails: { type: Boolean }, readOnly: { type: Boolean }, dispositions: { state: true } };

  #action = new Action(this);
  #subscribed;
  #other = new Map();

  willUpdate(changed) {
    if (!changed.has('item')) return;
    this.#subscribed?.abort();
    this.#subscribed = new AbortController();
    this.item.addEventListener('change', () => this.requestUpdate(), { signal: this.#subscribed.signal });
    this.#other.clear();
    this.#choosable();
  }

  /** Puts the cursor where writing begins. */
  begin() {
    this.querySelector('[name=subject]')?.focus();
  }

  /** Ends the work, if nothing is left to be said first. Shows what the server did not take. */
  async complete() {
    const [email, promises] = ['email-summary', 'follow-ups-field'].map((one) => this.querySelector(one));
    if (email?.missing) {
      email.focus();
      return;
    }
    if (promises.apart && !(await promises.add())) return;
    await this.item.complete();
    await this.updateComplete;
    this.querySelector('[aria-invalid=true]')?.focus();
  }

  render() {
    const { item, readOnly } = this;
    const { saver } = item;
    const { mine, conflicts } = saver.draft;
    const errors = errorsOf(saver.refusal ?? saver.problem);
    const off = readOnly || saver.completing;
    return html`
      <merge-choice .conflicts=${conflicts} .catalogue=${this.catalogue} @resolve=${({ detail }) => saver.resolve(detail.field, detail.value)}></merge-choice>
      <div class="writing">
        ${this.#action.problem ? html`${this.#action.failure()}<button type="button" @click=${() => this.#choosable()}>${t('again')}</button>` : nothing}
        ${item.rules?.disposition === 'DISPOSITION_REQUIREMENT_NOT_USED' && !mine.disposition_code ? nothing : this.#disposition(mine, errors, off)}
        ${this.#text('subject', mine, errors, off)}
        ${this.#text('notes', mine, errors, off)}
        <schema-form .schema=${this.#schema(mine.disposition_code)} .values=${mine.form_values ?? {}} .errors=${formErrors(errors)} .disabled=${off}
          @write=${({ detail }) => this.#write(`form_values.${detail.name}`, detail.value)}></schema-form>
        <div class="pair">${this.#text('actions_taken', mine, errors, off)}${this.#text('actions_recommended', mine, errors, off)}</div>
        <tags-field .tags=${mine.tags ?? []} .error=${first(errors, 'tags')} .disabled=${off} @write=${({ detail }) => this.#write('tags', detail)}></tags-field>
        <follow-ups-field .item=${item} .errors=${errors} .disabled=${off}></follow-ups-field>
        ${this.emails || mine.email_summary ? html`<email-summary .item=${item} .wanted=${mine.email_summary} .errors=${errors} .disabled=${off}
          @write=${({ detail }) => this.#write('email_summary', detail)}></email-summary>` : nothing}
      </div>`;
  }

  #disposition(mine, errors, off) {
    if (this.catalogue.empty) {
      return html`<div class="field"><label><span>${t('disposition')}${this.#needed()}</span>
        <input name="disposition_code" maxlength="128" autocomplete="off" .value=${mine.disposition_code ?? ''} ?disabled=${off} aria-invalid=${errors.disposition_code ? 'true' : nothing}
          aria-describedby="disposition-free${errors.disposition_code ? ' disposition_code-error' : ''}"
          @input=${(event) => this.#write('disposition_code', event.target.value.trim())}></label>
        <p class="hint muted" id="disposition-free">${t('disposition.free')}</p>${wrong(errors, 'disposition_code')}</div>`;
    }
    return html`
      <disposition-picker .dispositions=${this.dispositions ?? []} .catalogue=${this.catalogue} .code=${mine.disposition_code ?? ''}
        .required=${this.item.requiresDisposition} .error=${errors.disposition_code ?? ''} .disabled=${off}
        @choose=${({ detail }) => this.choose(detail)}></disposition-picker>`;
  }

  #needed() {
    return this.item.requiresDisposition ? html` <b class="needed">${t('required')}</b>` : nothing;
  }

  #text(field, mine, errors, off) {
    const described = errors[field] ? `${field}-error` : nothing;
    const invalid = errors[field] ? 'true' : nothing;
    const write = (event) => this.#write(field, event.target.value);
    return html`
      <div class="field">
        <label>${t(field)}
          ${field in LINES
            ? html`<textarea name=${field} rows=${LINES[field]} .value=${mine[field] ?? ''} ?disabled=${off} aria-invalid=${invalid} aria-describedby=${described} @input=${write}></textarea>`
            : html`<input name=${field} maxlength="256" autocomplete="off" .value=${mine[field] ?? ''} ?disabled=${off} aria-invalid=${invalid} aria-describedby=${described} @input=${write}>`}
        </label>${wrong(errors, field)}
      </div>`;
  }

  /** What was filled in for another disposition comes back with that one, as long as the form is open. */
  choose(disposition) {
    const { mine } = this.item.saver.draft;
    if (mine.disposition_code) this.#other.set(mine.disposition_code, mine.form_values);
    const code = disposition?.code ?? '';
    const values = this.#other.get(code) ?? beginning(disposition?.form_schema, mine.form_values);
    this.#write('disposition', { disposition_code: code, form_values: values });
  }

  /** Chooses what can be chosen here, by its code. Returns whether it can. */
  chooseCode(code) {
    const disposition = this.dispositions?.find((one) => one.code === code && !one.group);
    if (code && !disposition && !this.catalogue.empty) return false;
    this.choose(disposition ?? (code ? { code } : null));
    return true;
  }

  #write(field, value) {
    this.item.touched = true;
    if (this.item.word?.key.startsWith('word.restored')) this.item.word = null;
    this.dispatchEvent(new Event('typed', { bubbles: true }));
    this.item.saver.change(field, value);
  }

  #schema(code) {
    return code && this.dispositions?.find((one) => one.code === code)?.form_schema;
  }

  /** What can be chosen is asked for each time; meanwhile it is what it was. */
  async #choosable() {
    const { item, catalogue, teamId } = this;
    const queue = item.interaction.queue_id;
    this.dispositions = catalogue.remembered(teamId, queue);
    const found = await this.#action.attempt(() => catalogue.choosable(teamId, queue));
    if (found && item === this.item) this.dispositions = found;
  }
}

function first(errors, name) {
  return Object.entries(errors).find(([field]) => field.startsWith(name))?.[1] ?? '';
}

function wrong(errors, field) {
  return errors[field] ? html`<p class="wrong" id="${field}-error">${errors[field]}</p>` : nothing;
}

customElements.define('wrap-up-form', WrapUpForm);
