// Who a change is for, and from what to what, as a dry run has found.
import { html, nothing } from '../lib/view.js';
import { name, t } from '../lib/texts.js';
import { diff } from './draft.js';
import { countText, plural, ruleText, valueText } from './words.js';

/** So many lines are drawn; the counts are of all. */
const SHOWN = 200;

/** @param found the answer to a call with `validate_only` */
export function impact(found, { applyToOpen }) {
  const lines = (found.changes ?? []).flatMap((change) => diff(change.before, change.after).map((one) => ({ ...change, ...one })));
  return html`
    <ul class="figures">
      <li><b class="number">${countText(found.affected_agents_count)}</b> ${plural('impact.agents', found.affected_agents_count)}</li>
      ${found.narrower_reset_count === undefined ? nothing
        : html`<li><b class="number">${countText(found.narrower_reset_count)}</b> ${plural('impact.reset', found.narrower_reset_count)}</li>`}
      <li>${applyToOpen
        ? html`<b class="number">${countText(found.open_acws_count)}</b> ${plural('impact.open', found.open_acws_count)}`
        : t('impact.open.kept')}</li>
    </ul>
    ${lines.length ? table(lines.slice(0, SHOWN)) : html`<p class="muted">${t('impact.nobody')}</p>`}
    ${lines.length > SHOWN ? html`<p class="muted">${t('impact.more', { count: countText(SHOWN) })}</p>` : nothing}`;
}

function table(lines) {
  return html`
    <div class="scroll" tabindex="0" role="group" aria-label=${t('impact.title')}>
      <table>
        <thead><tr><th scope="col">${t('agent')}</th><th scope="col">${t('interactions')}</th><th scope="col">${t('rule')}</th>
          <th scope="col">${t('now')}</th><th scope="col">${t('then')}</th></tr></thead>
        <tbody>${lines.map((line) => html`
          <tr><td>${line.agent_id}</td><td>${where(line)}</td><td>${ruleText(line.rule)}</td>
            <td>${valueText(line.rule, line.before)}</td><td><b>${valueText(line.rule, line.after)}</b></td></tr>`)}
        </tbody>
      </table>
    </div>`;
}

function where({ queue_id: queue, channel, direction }) {
  return [queue && t('of.POLICY_SCOPE_QUEUE', { id: queue }), channel && name(channel), direction && name(direction)]
    .filter(Boolean).join(' · ') || t('interactions.all');
}
