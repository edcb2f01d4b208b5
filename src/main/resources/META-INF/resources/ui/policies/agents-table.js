// A page of agents with their check boxes.
import { html } from '../lib/view.js';
import { t } from '../lib/texts.js';
import { keyFor, keyOf } from './key.js';
import { keyText, plural, valueText } from './words.js';

/** What the check boxes stand for: a rule, its value without the tick, and one with it that an agent may get. */
export const SWITCHES = { mode: ['ACW_MODE_OFF', 'ACW_MODE_TIMED'], visible: [false, true] };

export function isOn(rule, policy) {
  return policy[rule] !== SWITCHES[rule][0];
}

/**
 * @param rows agents, each with what holds for him (`policy`, `provenance`) and the `count` of rules of his own
 * @param on `open(key)` and `toggle(row, rule)`
 */
export function agentsTable(rows, { busy, reading, empty }, on) {
  if (!rows.length) return html`<p class="muted">${t(empty)}</p>`;
  return html`
    <div class="scroll" tabindex="0" role="group" aria-labelledby="agents-title">
      <table aria-busy=${reading}>
        <thead><tr><th scope="col">${t('agent')}</th><th scope="col">${t('team')}</th><th scope="col">${t('agents.on')}</th>
          <th scope="col">${t('agents.shown')}</th><th scope="col">${t('rule.duration')}</th><th scope="col">${t('agents.own')}</th></tr></thead>
        <tbody>${rows.map((row) => agentRow(row, busy, on))}</tbody>
      </table>
    </div>`;
}

function agentRow(row, busy, on) {
  const { agent_id: id, team_id: team = '', count } = row;
  // The box shows what the server says, so that it does not change before that has.
  const box = (rule, label) => html`
    <td><input type="checkbox" aria-label="${t(label)}: ${id}" aria-disabled=${busy} .checked=${isOn(rule, row.policy)}
      @click=${(event) => { event.preventDefault(); on.toggle(row, rule); }}></td>`;
  return html`
    <tr data-agent=${id}>
      <th scope="row"><button class="link" @click=${() => on.open(keyFor('POLICY_SCOPE_AGENT', id))}>${id}</button></th><td>${team}</td>
      ${box('mode', 'agents.on')}${box('visible', 'agents.shown')}
      <td>${time(row)}</td>
      <td>${count ? html`<span class="chip here">${plural('rules', count)}</span>` : ''}</td>
    </tr>`;
}

function time({ policy, provenance = {} }) {
  if (!isOn('mode', policy)) return html`<span class="muted">${t('agents.off')}</span>`;
  if (policy.mode === 'ACW_MODE_DISCRETIONARY') return t('agents.unlimited');
  const source = provenance.duration;
  return html`${valueText('duration', policy.duration)} <span class="muted small">${source ? keyText(keyOf(source)) : t('default')}</span>`;
}
