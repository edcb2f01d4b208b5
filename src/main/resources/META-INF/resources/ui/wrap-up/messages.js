// The messages between this window and the page that it is embedded in, version 1. Pure; docs/embedding.md is their contract.

export const VERSION = 1;

const text = (most) => (value) => typeof value === 'string' && value.length <= most;
const id = (value) => typeof value === 'string' && value.length > 0 && value.length <= 128;
const object = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const tags = (value) => Array.isArray(value) && value.length <= 50 && value.every(text(64));

/** What the page may ask for, with what each has to say. */
const REQUESTS = {
  'aftercall.set-subject': { text: text(256) },
  'aftercall.set-notes': { text: text(16_384) },
  'aftercall.append-notes': { text: text(16_384) },
  'aftercall.set-disposition': { disposition_code: (value) => value === '' || id(value) },
  'aftercall.set-form-values': { form_values: object },
  'aftercall.add-tags': { tags },
  'aftercall.extend': {},
  'aftercall.complete': {},
  'aftercall.get-state': {},
};

/**
 * Whether a message is one of these, and what is wrong with it if not.
 * @returns `request`, or `violations`, each with `field` and `description`; null if it is no message for this window at all
 */
export function parse(data) {
  if (!object(data) || typeof data.type !== 'string' || !data.type.startsWith('aftercall.')) return null;
  const fields = REQUESTS[data.type];
  const violations = [];
  const check = (field, right, description) => right || violations.push({ field, description });
  check('type', fields, 'is not known');
  check('version', data.version === VERSION, `must be ${VERSION}`);
  check('request_id', data.request_id === undefined || id(data.request_id), 'must be a string of 1 to 128 characters');
  check('interaction_id', data.interaction_id === undefined || id(data.interaction_id), 'must be a string of 1 to 128 characters');
  for (const [field, takes] of Object.entries(fields ?? {})) check(field, takes(data[field]), 'is missing or not as documented');
  return violations.length ? { violations } : { request: data };
}

/** What the page is told about work. */
export function about({ agentId, interaction, acw }) {
  return {
    agent_id: agentId,
    interaction_id: interaction.interaction_id,
    customer_id: interaction.customer_id ?? '',
    queue_id: interaction.queue_id ?? '',
    channel: interaction.channel ?? '',
    direction: interaction.direction ?? '',
    acw_id: acw?.acw_id ?? '',
    deadline_time: acw?.deadline_time ?? '',
  };
}
