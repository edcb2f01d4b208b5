// Who is looking at this page.
import { access } from './access.js';
import { answer } from './call.js';
import { heard } from './clock.js';

let asked;

// Perhaps as somebody else.
access.addEventListener('back', () => { asked = undefined; });

/**
 * `subject`, `tenant`, `agent_id` (empty for who is not an agent), `roles` and `team_ids`; `sign_in` if one signs in and
 * out here, `email_summaries` if customers can be sent any, `frame_ancestors`, the origins that may embed an agent's
 * window. Asked once for a page, and when somebody has signed in again; a failure is not kept.
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
