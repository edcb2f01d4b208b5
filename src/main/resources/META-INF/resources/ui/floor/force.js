// Why a supervisor ends after-call work: a field that says itself what is missing, and what is often written there.
import { html, nothing } from '../lib/view.js';
import { t } from '../lib/texts.js';

const SUGGESTIONS = ['calls', 'done', 'urgent', 'technical'];

/** Once in a page; the fields of it all suggest the same. */
export function suggestions() {
  return html`<datalist id="force-reasons">${SUGGESTIONS.map((one) => html`<option value=${t(`force.${one}`)}></option>`)}</datalist>`;
}

/**
 * @param key of what stands above it
 * @param missing whether it was left empty
 */
export function reasonField(key, missing) {
  return html`
    <label class="grow">${t(key)}
      <input name="reason" list="force-reasons" maxlength="256" autocomplete="off" required aria-invalid=${missing ? 'true' : nothing}
        aria-describedby=${missing ? 'force-missing' : nothing}>
      ${missing ? html`<span id="force-missing" class="wrong" role="alert">${t('force.missing')}</span>` : nothing}
    </label>`;
}

/** What a form's field has; an empty one gets the focus. */
export function reasonOf(form) {
  const field = form.elements.reason;
  const reason = field.value.trim();
  if (!reason) field.focus();
  return reason;
}
