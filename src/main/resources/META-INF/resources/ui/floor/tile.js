// One agent on the floor.
import { html, nothing } from '../lib/view.js';
import { shape } from '../lib/status.js';
import { reasonName } from '../lib/reasons.js';
import { name, parts, t } from '../lib/texts.js';
import { clockSpan, countdown } from '../lib/spans.js';
import { decidingAcw, queues } from './selection.js';

const CIRCUMFERENCE = 2 * Math.PI * 12;

/** What an agent's ACW has left, in milliseconds; null where it has no end that is known. */
export function left(agent, now) {
  const deadline = decidingAcw(agent)?.deadline_time;
  return deadline ? Date.parse(deadline) - now : null;
}

/**
 * @param now the server's time in milliseconds
 * @param long whether the name leaves no room beside it
 */
export function tile(agent, now, { selected, focusable, list, long }) {
  const acw = agent.status === 'AGENT_STATUS_AFTER_CALL_WORK' ? decidingAcw(agent) : undefined;
  const span = clockSpan(now - Date.parse(agent.status_since_time));
  const late = acw && left(agent, now) !== null && left(agent, now) < -1_000;
  const [key, value] = late ? ['floor.overdue'] : acw ? acwTime(acw, agent, now) : ['floor.since', span];
  return html`
    <button class="tile ${agent.status} ${late ? 'late' : ''} ${long ? 'long' : ''}" data-agent=${agent.agent_id}
        aria-pressed=${selected} tabindex=${focusable ? 0 : -1}
        aria-label="${agent.agent_id}, ${name(agent.status)}, ${t(key, { span: value })}${next(agent)}">
      ${acw ? ring(acw, now) : shape(agent.status)}
      <span class="who">${agent.agent_id}</span>
      <span class="what">${name(agent.status)}</span>
      <span class="about">${about(agent)}${next(agent)}</span>
      ${list ? html`<span class="team">${agent.team_id}</span><span class="since number">${span}</span>` : nothing}
      <span class="time number">${list && !acw ? nothing : html`<small>${parts(key, { span: html`<b>${value}</b>` })}</small>`}</span>
    </button>`;
}

/** Above the list: what stands where. */
export function heads() {
  return html`
    <div class="list heads" aria-hidden="true"><div class="tile">
      <span class="who">${t('floor.head.agent')}</span><span class="what">${t('floor.head.status')}</span>
      <span class="about">${t('floor.head.about')}</span><span class="team">${t('floor.head.team')}</span>
      <span class="since">${t('floor.head.since')}</span><span class="time">${t('floor.head.left')}</span>
    </div></div>`;
}

function about(agent) {
  return [agent.not_ready_reason && reasonName(agent.not_ready_reason), ...queues(agent)].filter(Boolean).join(' · ');
}

function next(agent) {
  const presence = agent.next_presence?.presence;
  return presence && presence !== agent.presence ? `, ${t('floor.next', { presence: name(presence) })}` : '';
}

/** A text's key, and the span in it. */
function acwTime(acw, agent, now) {
  if (acw.paused) return ['floor.paused'];
  return acw.deadline_time ? ['floor.left', countdown(left(agent, now))] : ['floor.since', clockSpan(now - Date.parse(acw.start_time))];
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
