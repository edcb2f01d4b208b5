// Three versions of one wrap-up: what both had (`base`), what was written here (`mine`), what stands now (`theirs`). Pure.

/** What an agent writes, apart from values of the form, which are merged one by one. */
export const TEXTS = ['subject', 'notes', 'actions_taken', 'actions_recommended'];

/** Whether two values say the same. What is empty is what is not there; texts are read in normalization form C. */
export function same(one, other) {
  return canonical(one) === canonical(other);
}

function canonical(value) {
  return JSON.stringify(value ?? null, (key, inner) => {
    if (typeof inner === 'string') return inner.normalize('NFC') || undefined;
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    const full = Object.keys(inner).sort().filter((name) => !empty(inner[name]));
    return Object.fromEntries(full.map((name) => [name, inner[name]]));
  });
}

function empty(value) {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/**
 * Takes over what only one side has changed.
 * @returns `merged`, which has `mine` where both have changed the same, and `conflicts`: of each such field `field`,
 *     `mine`, `theirs` and, of texts, `joined`
 */
export function merge(base, mine, theirs) {
  const merged = {};
  const conflicts = [];
  const take = (field, values, join) => {
    const [before, here, there] = values;
    if (same(here, there) || same(before, there)) return here;
    if (same(before, here)) return there;
    conflicts.push({ field, mine: here, theirs: there, ...(join ? { joined: join(before, here, there) } : {}) });
    return here;
  };
  const versions = [base, mine, theirs];
  for (const field of TEXTS) merged[field] = take(field, versions.map((one) => one[field] ?? ''), joined(field));
  merged.tags = mergedTags(...versions.map((one) => one.tags ?? []));
  merged.email_summary = take('email_summary', versions.map((one) => one.email_summary));
  Object.assign(merged, classified(versions, take));
  return { merged: tidy(merged), conflicts };
}

/** A disposition and its form: where both have chosen another one, they are one matter. */
function classified(versions, take) {
  const code = (one) => one.disposition_code ?? '';
  const [base, mine, theirs] = versions;
  if (code(mine) === code(theirs)) {
    return { disposition_code: code(mine), form_values: mergedValues(versions.map((one) => one.form_values ?? {}), take) };
  }
  const parts = versions.map((one) => ({ disposition_code: code(one), form_values: one.form_values ?? {} }));
  if (code(base) === code(mine)) return parts[2];
  return code(base) === code(theirs) ? parts[1] : take('disposition', parts);
}

function mergedValues(versions, take) {
  const names = new Set(versions.flatMap((one) => Object.keys(one)));
  return Object.fromEntries([...names].map((name) => [name, take(`form_values.${name}`, versions.map((one) => one[name]))]));
}

/** Tags are added and taken away one by one, so there is nothing to choose. */
function mergedTags(base, mine, theirs) {
  const kept = mine.filter((tag) => theirs.includes(tag) || !base.includes(tag));
  return [...kept, ...theirs.filter((tag) => !base.includes(tag) && !kept.includes(tag))];
}

/** Both texts in one: what both went on from is there once. */
function joined(field) {
  const between = field === 'subject' ? ' / ' : '\n';
  return (base, mine, theirs) => {
    const goOn = base && mine.startsWith(base) && theirs.startsWith(base);
    const begun = goOn ? base : '';
    const parts = [theirs, mine].map((text) => text.slice(begun.length).trim());
    return [begun.trimEnd(), ...parts].filter(Boolean).join(between);
  };
}

/** Without what is empty, as the server keeps it. */
export function tidy(wrapUp) {
  return Object.fromEntries(Object.entries(wrapUp)
    .map(([name, value]) => [name, name === 'form_values' ? full(value) : value])
    .filter(([, value]) => !empty(value)));
}

function full(values) {
  return Object.fromEntries(Object.entries(values ?? {}).filter(([, value]) => value !== undefined));
}

/** The wrap-up with another value of a field: of `disposition`, of `form_values.<name>`, or of a field by its name. */
export function withField(wrapUp, field, value) {
  if (field === 'disposition') return tidy({ ...wrapUp, disposition_code: '', form_values: {}, ...value });
  if (!field.startsWith('form_values.')) return tidy({ ...wrapUp, [field]: value });
  return tidy({ ...wrapUp, form_values: { ...wrapUp.form_values, [field.slice('form_values.'.length)]: value } });
}
