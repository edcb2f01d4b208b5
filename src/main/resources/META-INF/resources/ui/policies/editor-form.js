// How one policy is drawn: whose it is, what is one click away, and its rules in groups.
import { html, nothing } from '../lib/view.js';
import { problemView } from '../lib/action.js';
import { name, t } from '../lib/texts.js';
import { belongs, GROUPS, PRESETS } from './rules.js';
import { drafted } from './draft.js';
import { durationOf, secondsOf, spanText } from '../lib/durations.js';
import { CHANNELS, DIRECTIONS, idOf, keyOf, withConditions } from './key.js';
import { field } from './field.js';
import { keyText, plural } from './words.js';

/** The path of a policy's fields in requests, and so in what is wrong with them. */
const FORM = 'policy.';

/** @param on `open(key)`, `history()` and, if he may, `simulate()` */
export function head(key, { readOnly, isRead }, on) {
  const { channel = '', direction = '' } = key.conditions ?? {};
  const choice = (label, values, value, chosen) => html`
    <label class="check"><span class="away">${t(label)}</span>
      <select @change=${({ target }) => on.open(chosen(['', ...values][target.selectedIndex]))}>
        ${['', ...values].map((one) => html`<option .selected=${one === value}>${one ? name(one) : t(`${label}.all`)}</option>`)}
      </select></label>`;
  return html`
    <header class="row">
      <h2 id="policy-name">${keyText(key)}</h2>
      ${choice('channel', CHANNELS, channel, (one) => withConditions(key, one, direction))}
      ${choice('direction', DIRECTIONS, direction, (one) => withConditions(key, channel, one))}
      <span class="push row">
        ${on.simulate ? html`<button ?disabled=${!isRead} @click=${on.simulate}>${t('simulate')}…</button>` : nothing}
        <button @click=${on.history}>${t('history')}</button>
      </span>
    </header>
    <p class="muted explained">${t(`explained.${key.scope}`)}</p>
    ${readOnly ? html`<p class="note">${t('read-only')}</p>` : nothing}`;
}

/** @param on `preset(duration)`, `applyToOpen(flag)`, `inherit()` and `toAll()` */
export function quick(key, { own, duration, busy, applyToOpen, isDrafted }, on) {
  return html`
    <div class="row" role="group" aria-label=${t('presets')}>
      <span class="label">${t('presets')}</span>
      ${PRESETS.map((seconds) => html`
        <button class="preset number" aria-pressed=${secondsOf(duration) === seconds} aria-disabled=${busy}
          @click=${() => on.preset(durationOf(seconds))}>${spanText(durationOf(seconds))}</button>`)}
      <span class="muted small">${t('presets.help')}</span>
    </div>
    <div class="row">
      <label class="check"><input type="checkbox" .checked=${applyToOpen}
        @change=${({ target }) => on.applyToOpen(target.checked)}> ${t('apply-to-open')}</label>
      <span class="push row">
        <button ?disabled=${!own} @click=${on.inherit}>${t('reset.all')}</button>
        <button class="to-all" ?disabled=${!own && !isDrafted} @click=${on.toAll}>${t(`to-all.${key.scope}`)}…</button>
      </span>
    </div>`;
}

/** What was refused as a whole; what is wrong with a rule stands beside it. */
export function refusal(key, problem, allowMissing) {
  const others = problem?.violations?.filter(({ field: where }) => !ruleAt(key, where));
  if (!problem || (others && !others.length)) return nothing;
  const missing = others?.some(({ field: where }) => where === `${FORM}scope_id`);
  return html`
    ${problemView(others ? { message: problem.message, violations: others } : problem)}
    ${missing ? html`
      <label class="check"><input type="checkbox" @change=${({ target }) => allowMissing(target.checked)}>
        ${t('allow-missing')}</label>` : nothing}`;
}

function ruleAt(key, where) {
  const rule = where.startsWith(FORM) ? where.slice(FORM.length) : '';
  return GROUPS.some(([, rules]) => rules.includes(rule)) && belongs(rule, key) ? rule : null;
}

/**
 * @param seen `base`, `changes`, the `effective` policy and its `provenance`, `units`, the
 *     `problem`, the `dispositions` that can be chosen, and `readOnly`
 * @param on `set(rule, value, unit)`, `reset(rule)` and `open(key)`
 */
export function groups(key, seen, on) {
  return GROUPS.map(([group, all]) => {
    const rules = all.filter((rule) => belongs(rule, key));
    if (!rules.length) return nothing;
    return html`
      <section class="group" aria-labelledby="group-${group}">
        <h3 id="group-${group}">${t(`group.${group}`)}</h3>
        ${rules.map((rule) => ruleField(key, rule, seen, on))}
      </section>`;
  });
}

function ruleField(key, rule, { base, changes, effective, provenance, units, problem, dispositions, readOnly }, on) {
  const own = drafted(base, changes)[rule];
  const source = provenance[rule];
  const fromHere = source && idOf(keyOf(source)) === idOf(key);
  return field(rule, {
    own,
    effective: fromHere && own === undefined ? undefined : effective[rule],
    source: fromHere ? undefined : source,
    isChanged: changes.has(rule),
    unit: units.get(rule),
    violation: problem?.violations?.find(({ field: where }) => ruleAt(key, where) === rule),
    known: rule === 'timeout_disposition' ? dispositions : undefined,
    readOnly,
  }, { set: (value, unit) => on.set(rule, value, unit), reset: () => on.reset(rule), open: on.open });
}

/** @param on `discard()`, `preview()` and `save()` */
export function saveBar(count, busy, on) {
  return html`
    <div class="save row">
      <b>${plural('changes', count)}</b>
      <span class="push row">
        <button @click=${on.discard}>${t('discard')}</button>
        <button @click=${on.preview}>${t('preview')}…</button>
        <button class="main" aria-disabled=${busy} @click=${on.save}>${t('save')}</button>
      </span>
    </div>`;
}
