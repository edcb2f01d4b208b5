// One agent on the floor.
import { html, nothing } from '../lib/view.js';
import { shape } from '../lib/status.js';
import { name, t } from '../lib/texts.js';
import { clockSpan, countdown } from '../lib/spans.js';
import { decidingAcw, queues } from './selection.js';

const CIRCUMFERENCE = 2 * Math.PI * 12;

/** What an agent's ACW has left, in milliseconds; null where it has no end that is known. */
export function left(agent, now) {
  const deadline = decidingAcw(agent)?.deadline_time;
  return deadline ? Date.parse(deadline) - now : null;
}

/** @param now the server's time in milliseconds */
export function tile(agent, now, { selected, focusable, list }) {
  const acw = agent.status === 'AGENT_STATUS_AFTER_CALL_WORK' ? decidingAcw(agent) : undefined;
  const inState = clockSpan(now - Date.parse(agent.status_since_time));
  const late = acw && left(agent, now) !== null && left(agent, now) < -1_000;
  const time = acw ? acwTime(acw, agent, now) : inState;
  return html`
    <button class="tile ${agent.status} ${late ? 'late' : ''}" data-agent=${agent.agent_id}
        aria-pressed=${selected} tabindex=${focusable ? 0 : -1}
        aria-label="${agent.agent_id}, ${name(agent.status)}, ${acw ? time : t('floor.since', { span: inState })}${next(agent)}">
      ${acw ? ring(acw, now) : shape(agent.status)}
      <span class="who">${agent.agent_id}</span>
      <span class="what">${agent.not_ready_reason || [name(agent.status), ...queues(agent)].join(' · ')}${next(agent)}</span>
      <span class="time number">${late ? t('floor.overdue') : time}</span>
      ${list ? html`<span class="team">${agent.team_id}</span><span class="since number">${inState}</span>` : nothing}
    </button>`;
}

function next(agent) {
  const presence = agent.next_presence?.presence;
  return presence && presence !== agent.presence ? `, ${t('floor.next', { presence: name(presence) })}` : '';
}

function acwTime(acw, agent, now) {
  if (acw.paused) return t('floor.paused');
  return acw.deadline_time ? countdown(left(agent, now)) : clockSpan(now - Date.parse(acw.start_time));
}

function ring(acw, now) {
  const begun = Date.parse(acw.start_time);
  const share = acw.deadline_time
    ? Math.min(1, Math.max(0, (Date.parse(acw.deadline_time) - now) / (Date.parse(acw.deadline_time) - begun)))
    : 1;
  return html`
    <svg viewBox="0 0 32 32" class="shape ring ${acw.deadline_time ? '' : 'open'}" aria-hidden="true">
      <circle class="track" cx="16" cy="16" r="12" />
      <circle class="left" cx="16" cy="16" r="12" stroke-dasharray="${share * CIRCUMFERENCE} ${CIRCUMFERENCE}" />
    </svg>`;
}
