// Policies and their rules in the words of the page.
import { language, name, t } from '../lib/texts.js';
import { RULES } from './rules.js';
import { spanText } from '../lib/durations.js';

export function ruleText(rule) {
  return t(`rule.${rule}`);
}

/** A value of a rule; what is not set is inherited. */
export function valueText(rule, value) {
  if (value === undefined) return t('inherited');
  switch (RULES[rule].kind) {
    case 'choice': return name(value);
    case 'span': return spanText(value);
    case 'set': return value.map(name).join(', ');
    case 'flag': return t(value ? 'yes' : 'no');
    default: return String(value);
  }
}

/** What a rule of this policy becomes; of everybody's nothing is inherited. */
export function settingText(key, rule, value) {
  const text = value === undefined && key.scope === 'POLICY_SCOPE_TENANT' && !key.conditions ? t('default') : valueText(rule, value);
  return `${ruleText(rule)}: ${text}`;
}

/** `Everybody`, or `Team sales · Voice · Inbound`. */
export function keyText({ scope, scope_id: id, conditions }) {
  return [id ? t(`of.${scope}`, { id }) : name(scope), conditionsText(conditions)].filter(Boolean).join(' · ');
}

export function conditionsText(conditions) {
  return [conditions?.channel, conditions?.direction].filter(Boolean).map(name).join(' · ');
}

/** When something was done, by the clocks of this browser's zone. */
export function momentText(time) {
  return new Date(time).toLocaleString(language(), { dateStyle: 'medium', timeStyle: 'short' });
}

export function countText(count) {
  return Number(count ?? 0).toLocaleString(language());
}

/** A text for one or for several: `<key>.one` where the count is one. */
export function plural(key, count, values = {}) {
  return t(Number(count) === 1 ? `${key}.one` : key, { count: countText(count), ...values });
}
