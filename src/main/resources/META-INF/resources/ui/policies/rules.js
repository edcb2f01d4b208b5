// The rules of a policy, by their names in the contract: of which kind each is and how they are grouped. Pure.

const choice = (prefix, ...values) => ({ kind: 'choice', values: values.map((value) => `${prefix}_${value}`) });
const span = { kind: 'span' };
const number = { kind: 'number' };
const text = { kind: 'text' };

const TENANT_ONLY = { scopes: ['POLICY_SCOPE_TENANT'], unconditional: true };
const QUEUE_TOO = { scopes: ['POLICY_SCOPE_TENANT', 'POLICY_SCOPE_QUEUE'], unconditional: true };

export const RULES = {
  mode: choice('ACW_MODE', 'TIMED', 'FIXED', 'DISCRETIONARY', 'AGENT_REQUESTED', 'OPTIONAL', 'OFF'),
  duration: span,
  warning_before_end: span,
  max_duration_cap: { ...span, ...TENANT_ONLY },
  max_extensions: number,
  extension_duration: span,
  start_on: {
    kind: 'set',
    values: ['ANSWERED', 'MISSED', 'REJECTED', 'FAILED_OUTBOUND', 'TRANSFERRED', 'CONFERENCE_LEFT']
      .map((outcome) => `INTERACTION_OUTCOME_${outcome}`),
  },
  min_talk_duration: span,
  on_timeout: choice('ACW_TIMEOUT_ACTION', 'RESUME', 'NOT_READY'),
  on_timeout_not_ready_reason: text,
  rest_duration: span,
  blocks: choice('ACW_BLOCKS', 'ALL_CHANNELS', 'OWN_CHANNEL'),
  on_new_interaction: choice('ACW_INTERACTION_ACTION', 'KEEP_RUNNING', 'PAUSE', 'END'),
  on_logout: choice('ACW_LOGOUT_ACTION', 'KEEP_RUNNING', 'END'),
  visible: { kind: 'flag' },
  disposition: choice('DISPOSITION_REQUIREMENT', 'REQUIRED', 'OPTIONAL', 'NOT_USED'),
  timeout_disposition: text,
  late_completion: span,
  on_pressure: choice('ACW_PRESSURE_ACTION', 'IGNORE', 'REFUSE_EXTENSIONS', 'SHRINK'),
  pressure_min_duration: span,
  pressure_waiting_count: { ...number, ...QUEUE_TOO },
  pressure_longest_wait: { ...span, ...QUEUE_TOO },
  pressure_release_percent: { ...number, ...QUEUE_TOO },
};

/** In the order in which a supervisor meets them. */
export const GROUPS = [
  ['length', ['mode', 'duration', 'warning_before_end', 'max_duration_cap']],
  ['more', ['max_extensions', 'extension_duration']],
  ['start', ['start_on', 'min_talk_duration']],
  ['end', ['on_timeout', 'on_timeout_not_ready_reason', 'rest_duration']],
  ['meanwhile', ['visible', 'blocks', 'on_new_interaction', 'on_logout']],
  ['record', ['disposition', 'timeout_disposition', 'late_completion']],
  ['pressure', ['on_pressure', 'pressure_min_duration', 'pressure_waiting_count', 'pressure_longest_wait', 'pressure_release_percent']],
];

/** Durations that are one click away, in seconds. */
export const PRESETS = [5, 10, 15, 20, 30, 45, 60, 120, 180, 300, 600, 900];

/** Whether the contract has the rule in policies like this one. */
export function belongs(rule, key) {
  const { scopes, unconditional } = RULES[rule];
  return (!scopes || scopes.includes(key.scope)) && !(unconditional && key.conditions);
}

/** Whether these changes switch after-call work off or on, or hide or show it, for everybody: nobody does that by mistake. */
export function sweeping(key, changes) {
  return key.scope === 'POLICY_SCOPE_TENANT' && ['mode', 'visible'].some((rule) => changes.has(rule));
}

/** The names of the rules that a policy sets. */
export function rulesOf(policy) {
  return Object.keys(RULES).filter((rule) => policy?.[rule] !== undefined);
}

export function same(one, other) {
  const form = (value) => JSON.stringify(Array.isArray(value) ? [...value].sort() : value ?? null);
  return form(one) === form(other);
}

/** A field mask, as JSON has it. */
export function maskOf(rules) {
  return rules.map((rule) => rule.replace(/_(\w)/g, (whole, letter) => letter.toUpperCase())).join(',');
}
