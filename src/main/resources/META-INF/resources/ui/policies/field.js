// One rule of a policy as it is edited: its name, what it does, its value, and where that comes from.
import { html, nothing } from '../lib/view.js';
import { whatIsWrong } from '../lib/refusal.js';
import { t, name } from '../lib/texts.js';
import { RULES } from './rules.js';
import { durationOf, secondsOf, UNITS, unitOf } from '../lib/durations.js';
import { keyText, ruleText, valueText } from './words.js';
import { keyOf } from './key.js';

/**
 * @param rule its name
 * @param state `own` (undefined if inherited), `effective`, `source` (a provenance, undefined for the default),
 *     `isChanged` (not saved yet), `unit`, `violation`, `readOnly`, and for texts the values that are `known`
 * @param on `set(value)`, `unit(unit)`, `reset()`, `open(key)`
 */
export function field(rule, state, on) {
  const { own, violation, isChanged } = state;
  const id = `rule-${rule}`;
  const described = `${id}-help${violation ? ` ${id}-wrong` : ''}`;
  const one = { id, described, wrong: Boolean(violation), ...state };
  const group = RULES[rule].kind === 'set';
  return html`
    <div class="rule ${own === undefined ? '' : 'own'} ${isChanged ? 'changed' : ''}" data-rule=${rule}
        role=${group ? 'group' : nothing} aria-labelledby=${group ? `${id}-name` : nothing}>
      <div class="about">
        ${group ? html`<span class="label" id="${id}-name">${ruleText(rule)}</span>`
          : html`<label class="label" for=${id}>${ruleText(rule)}</label>`}
        <span class="muted help" id="${id}-help">${t(`rule.${rule}.help`)}</span>
      </div>
      <div class="control">${CONTROLS[RULES[rule].kind](rule, one, on)}</div>
      <div class="from">${from(rule, state, on)}</div>
      ${violation ? html`<p class="wrong" id="${id}-wrong">${whatIsWrong(violation)}</p>` : nothing}
    </div>`;
}

function from(rule, { own, source, isChanged, readOnly }, on) {
  if (isChanged) return html`<span class="chip unsaved">${t('unsaved')}</span>`;
  if (own !== undefined) {
    return html`<span class="chip here">${t('set-here')}</span>
      ${readOnly ? nothing : html`
        <button class="small" @click=${on.reset} aria-label=${t('reset.of', { rule: ruleText(rule) })}>${t('reset')}</button>`}`;
  }
  return source
    ? html`<button class="link" @click=${() => on.open(keyOf(source))}>${t('from', { source: keyText(keyOf(source)) })}</button>`
    : html`<span class="muted">${t('from-default')}</span>`;
}

const inheritedText = (rule, effective) => (effective === undefined ? t('inherit') : t('inherited.as', { value: valueText(rule, effective) }));

const select = (rule, { id, described, wrong, own, effective, readOnly }, options, on) => html`
  <select id=${id} aria-describedby=${described} aria-invalid=${wrong} ?disabled=${readOnly}
      @change=${(event) => on.set(options[event.target.selectedIndex - 1]?.[0])}>
    <option .selected=${own === undefined}>${own === undefined ? inheritedText(rule, effective) : t('inherit')}</option>
    ${options.map(([value, text]) => html`<option .selected=${own === value}>${text}</option>`)}
  </select>`;

const CONTROLS = {
  choice: (rule, one, on) => select(rule, one, RULES[rule].values.map((value) => [value, name(value)]), on),

  flag: (rule, one, on) => select(rule, one, [[true, t('yes')], [false, t('no')]], on),

  span: (rule, { id, described, wrong, own, effective, unit: chosen, readOnly }, on) => {
    const shown = own ?? effective;
    const unit = chosen ?? (shown ? unitOf(shown) : 's');
    const amount = (duration) => String(Number((secondsOf(duration) / UNITS[unit]).toFixed(3)));
    return html`
      <input id=${id} type="number" min="0" step="any" inputmode="decimal" aria-describedby=${described} aria-invalid=${wrong}
        ?disabled=${readOnly} .value=${own === undefined ? '' : amount(own)} placeholder=${effective ? amount(effective) : ''}
        @change=${({ target }) => on.set(target.value === '' ? undefined : durationOf(target.value, unit), unit)}>
      <select aria-label=${t('unit.of', { rule: ruleText(rule) })} ?disabled=${readOnly}
          @change=${({ target }) => {
            const next = Object.keys(UNITS)[target.selectedIndex];
            on.set(own === undefined ? undefined : durationOf(amount(own), next), next);
          }}>
        ${Object.keys(UNITS).map((one) => html`<option .selected=${one === unit}>${one}</option>`)}
      </select>`;
  },

  number: (rule, { id, described, wrong, own, effective, readOnly }, on) => html`
    <input id=${id} type="number" min="0" step="1" inputmode="numeric" aria-describedby=${described} aria-invalid=${wrong}
      ?disabled=${readOnly} .value=${own === undefined ? '' : String(own)} placeholder=${effective ?? ''}
      @change=${({ target }) => on.set(target.value === '' ? undefined : Math.trunc(Number(target.value)))}>`,

  text: (rule, { id, described, wrong, own, effective, known, readOnly }, on) => html`
    <input id=${id} maxlength="128" aria-describedby=${described} aria-invalid=${wrong} ?disabled=${readOnly}
      .value=${own ?? ''} placeholder=${effective ?? t('none')} list=${known?.length ? `${id}-known` : nothing}
      @change=${({ target }) => on.set(target.value.trim() || undefined)}>
    ${known?.length ? html`<datalist id="${id}-known">${known.map(([value, label]) => html`<option value=${value}>${label}</option>`)}</datalist>` : nothing}`,

  set: (rule, { id, own, effective, readOnly }, on) => html`
    <span class="choices">
      ${RULES[rule].values.map((value, index) => html`
        <label class="check"><input id="${id}-${index}" type="checkbox" ?disabled=${readOnly}
          .checked=${(own ?? effective ?? []).includes(value)}
          @change=${({ target }) => {
            const rest = (own ?? effective ?? []).filter((other) => other !== value);
            const next = RULES[rule].values.filter((other) => rest.includes(other) || (other === value && target.checked));
            on.set(next.length ? next : undefined);
            if (!next.length) target.checked = false;
          }}> ${name(value)}</label>`)}
    </span>`,
};
