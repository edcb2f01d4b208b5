// Who is looking at this page.
import { answer } from './call.js';
import { heard } from './clock.js';

let asked;

/**
 * `subject`, `tenant`, `agent_id` (empty for who is not an agent), `roles` and `team_ids`. Asked once for a page; a
 * failure is not kept.
 */
export function session() {
  asked ??= ask().catch((failure) => {
    asked = undefined;
    throw failure;
  });
  return asked;
}

async function ask() {
  const found = await (await answer('/api/session', {})).json();
  heard(found.server_time);
  return found;
}
