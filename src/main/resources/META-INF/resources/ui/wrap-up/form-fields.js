// What a disposition asks for, of its JSON Schema. Pure.

/**
 * The fields of a form, the required ones first (a schema has no order of its own): `name`, `label`, `hint`, `required`, `kind` (`text`, `lines`, `number`,
 * `integer`, `flag`, `choice`, `choices`, `date`, `time`, `email`, `url`, or `json` for what has no field of its own), and
 * what belongs to the kind: `options`, `min`, `max`, `pattern`, `maxLength`.
 */
export function fieldsOf(schema) {
  const required = new Set(schema?.required ?? []);
  return Object.entries(schema?.properties ?? {}).map(([name, of]) => ({
    name,
    label: of.title || name,
    hint: of.description || '',
    required: required.has(name),
    ...kindOf(of),
  })).sort((one, other) => other.required - one.required);
}

function kindOf(of) {
  const type = Array.isArray(of.type) ? of.type.filter((one) => one !== 'null') : [of.type];
  const options = of.enum ?? ('const' in of ? [of.const] : labelled(of));
  if (options?.every((option) => typeof valueOf(option) === 'string' || typeof valueOf(option) === 'number')) {
    return { kind: 'choice', options: options.map(asOption) };
  }
  if (type.length !== 1) return { kind: 'json' };
  switch (type[0]) {
    case 'string': return text(of);
    case 'number': case 'integer': return { kind: type[0], min: of.minimum, max: of.maximum };
    case 'boolean': return { kind: 'flag' };
    case 'array': return many(of);
    default: return { kind: 'json' };
  }
}

/** A choice whose values have titles: `oneOf` with a `const` in each. */
function labelled(of) {
  return of.oneOf?.every((one) => 'const' in one) ? of.oneOf : undefined;
}

function valueOf(option) {
  return typeof option === 'object' ? option.const : option;
}

function asOption(option) {
  return { value: valueOf(option), label: String(option.title ?? valueOf(option)) };
}

function text(of) {
  const kinds = { date: 'date', 'date-time': 'time', email: 'email', uri: 'url' };
  const kind = kinds[of.format] ?? (of.maxLength > 200 ? 'lines' : 'text');
  return { kind, maxLength: of.maxLength, pattern: of.pattern };
}

function many(of) {
  return of.items?.enum ? { kind: 'choices', options: of.items.enum.map(asOption) } : { kind: 'json' };
}

/** What a form begins with: what was filled in and is asked for here too, and defaults for the rest. */
export function beginning(schema, values = {}) {
  const properties = schema?.properties ?? {};
  return Object.fromEntries(Object.entries(properties)
    .map(([name, of]) => [name, values[name] ?? of.default])
    .filter(([, value]) => value !== undefined));
}

/** A value of what was typed, undefined for nothing. What is no number is kept as it is: the server says so. */
export function typedValue(field, raw) {
  if (field.kind === 'flag' || field.kind === 'choices') return raw;
  if (raw === '') return undefined;
  if (field.kind === 'choice') return field.options.find(({ value }) => String(value) === raw)?.value;
  if (field.kind === 'number' || field.kind === 'integer') return Number.isFinite(Number(raw)) ? Number(raw) : raw;
  if (field.kind === 'time') return new Date(raw).toISOString();
  return raw;
}
