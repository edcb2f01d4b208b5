// Above a group: who it is, how long its agents have been in their states, and the way to end its ACWs.
import { html, nothing } from '../lib/view.js';
import { clockSpan } from '../lib/spans.js';
import { t } from '../lib/texts.js';

/**
 * @param row `name`, `top` in pixels and `members`, the ids of who is shown in the group
 * @param open how many ACWs of it can be ended together
 */
export function heading(row, { time, agents, open, end }) {
  return html`
    <div class="group" .style=${`transform:translateY(${row.top}px)`}>
      <h2>${row.name || t('floor.nameless')}</h2> <span class="muted number">${row.members.length}</span>
      <span class="spans muted number">${spans(row.members, agents, time)}</span>
      ${open ? html`<button class="danger" @click=${end}>${t('end.group', { count: open })}</button>` : nothing}
    </div>`;
}

function spans(members, agents, time) {
  const since = members.map((id) => agents.get(id)).filter(Boolean).map((agent) => Date.parse(agent.status_since_time));
  if (!since.length) return '';
  const average = time - since.reduce((sum, one) => sum + one, 0) / since.length;
  const longest = time - since.reduce((one, other) => Math.min(one, other));
  return t('floor.spans', { average: clockSpan(average), longest: clockSpan(longest) });
}
