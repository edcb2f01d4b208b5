// What the server has refused, in the words of the page; where it has none, in the server's own.
import { html } from './view.js';
import { has, language, t } from './texts.js';

/** Of what the server says of fields, what people meet most often, each with the text that says it here. */
const SAYINGS = [
  [/^is required$/, 'violation.required'],
  [/^must be (?<from>[\d,.]+(?: [a-z]+)?) to (?<to>[\d,.]+(?: (?:ms|s|min|h|days))?)$/, 'violation.range'],
  [/^must not be negative$/, 'violation.negative'],
  [/^has [\d,]+ characters, at most (?<most>[\d,]+) are allowed$/, 'violation.characters'],
  [/^may have (?<most>[\d,]+) entries at most$/, 'violation.entries'],
  [/^may have (?<most>[\d,]+) KiB (?:in UTF-8 )?at most$/, 'violation.size'],
  [/^(?:may only have|must be an id of 1 to 128) letters, digits and (?<others>\S+)$/, 'violation.id'],
  [/^must (?:be|have) 1 to (?<most>[\d,]+) (?:printable )?characters\b/, 'violation.text'],
  [/^must be after start_time$/, 'violation.order'],
  [/^must be (?<most>\d+ days) after start_time at most$/, 'violation.period'],
  [/^is no agent that is known\b/, 'violation.agent'],
  [/^is no agent's team\b/, 'violation.team'],
  [/^is not an active disposition of the catalogue$/, 'violation.disposition'],
  [/^is a disposition of another team or queue$/, 'refusal.DISPOSITION_OUT_OF_SCOPE'],
  [/^is no e-mail address$/, 'violation.email'],
];

/** Why a call was refused. */
export function why(problem) {
  const key = `refusal.${problem.title}`;
  return has(key) ? t(key, problem.metadata) : serverWords(problem.message);
}

/** What is wrong with a field. */
export function whatIsWrong({ description }) {
  for (const [saying, key] of SAYINGS) {
    const said = saying.exec(description);
    if (said) return t(key, Object.fromEntries(Object.entries(said.groups ?? {}).map(([name, amount]) => [name, amountText(amount)])));
  }
  return serverWords(description);
}

/** The name of a field that has a place in a request, such as `details.note`. */
export function fieldName(place) {
  const name = place.split('.').pop().replace(/\[\d+\]$/, '');
  return [`field.${name}`, `rule.${name}`].filter(has).map((key) => t(key))[0] ?? serverWords(place);
}

/** They are English, whatever the page's language is. */
function serverWords(text) {
  return html`<span lang="en">${text}</span>`;
}

/** An amount as the server writes it, such as `100,000` or `30 days`. */
function amountText(amount) {
  return amount
    .replace(/^[\d,]+(?=$| )/, (number) => Number(number.replaceAll(',', '')).toLocaleString(language()))
    .replace('days', t('days'));
}
