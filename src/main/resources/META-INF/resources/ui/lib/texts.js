// What the pages say, in the language of the browser or the one that was chosen.
import { settings } from './settings.js';

const LANGUAGES = ['en', 'es'];

const texts = {};

/** The language, `en` or `es`. */
export function language() {
  const wanted = [settings.language, ...navigator.languages].map((tag) => (tag || '').slice(0, 2));
  return wanted.find((tag) => LANGUAGES.includes(tag)) ?? 'en';
}

/** How times and numbers are written: as where the browser's user lives, if that is in the language. */
export function locale() {
  return navigator.languages.find((tag) => tag.startsWith(language())) ?? language();
}

/** Loads the texts of a page, `texts/<page>.<language>.js`; those that all pages say are there already. */
export async function loadTexts(page) {
  Object.assign(texts, (await import(`../texts/${page}.${language()}.js`)).default);
}

await loadTexts('common');

/** The text of this key; what stands in braces is replaced by the values. */
export function t(key, values = {}) {
  const text = texts[key];
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The same for values that are templates: what a template is made of. */
export function parts(key, values) {
  return (texts[key] ?? key).split(/\{(\w+)\}/).map((part, index) => (index % 2 ? values[part] : part));
}

/** Whether the pages have a text for this key. */
export function has(key) {
  return key in texts;
}

/** The text of an enum's value, for instance of `AGENT_STATUS_AVAILABLE`. */
export function name(value) {
  return t(value);
}
