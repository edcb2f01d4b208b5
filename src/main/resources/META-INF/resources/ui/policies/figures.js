// What a simulation found: what was beside what would have been, as bars and by queue.
import { html, nothing } from '../lib/view.js';
import { t } from '../lib/texts.js';
import { secondsOf, spanText } from '../lib/durations.js';
import { countText } from './words.js';

const FIGURES = ['acw_count', 'timed_out_count', 'agent_duration'];

const number = (figure, acws) => (figure === 'agent_duration' ? secondsOf(acws[figure] ?? '0s') : acws[figure] ?? 0);
const shown = (figure, acws) => (figure === 'agent_duration' ? spanText(acws[figure] ?? '0s') : countText(acws[figure]));

/** @param result a SimulationResult */
export function figures({ total = {}, queues = {} }) {
  const { recorded = {}, simulated = {}, gained_agent_duration: gained = '0s', uncertain_count: uncertain = 0 } = total;
  if (!number('acw_count', recorded) && !number('acw_count', simulated)) return html`<p class="muted">${t('figures.none')}</p>`;
  const lost = secondsOf(gained) < 0;
  return html`
    <section aria-label=${t('figures')}>
      <p class="gain ${lost ? 'lost' : ''}" role="status">${t(lost ? 'figures.lost' : 'figures.gained', { span: spanText(gained).replace('−', '') })}
        ${uncertain ? html`<span class="muted small">${t('figures.uncertain', { count: countText(uncertain) })}</span>` : nothing}</p>
      ${FIGURES.map((figure) => bars(figure, recorded, simulated))}
      <div class="scroll" tabindex="0" role="group" aria-label=${t('figures.queues')}>
        <table>
          <thead>
            <tr><th scope="col">${t('queue')}</th>${FIGURES.map((figure) => html`<th scope="col" class="number">${t(`figure.${figure}`)}</th>`)}
              <th scope="col" class="number">${t('figures.gain')}</th></tr>
          </thead>
          <tbody>${Object.entries(queues).sort(([one], [other]) => (one < other ? -1 : 1)).map(([queue, one]) => html`
            <tr><th scope="row">${queue || t('figures.no-queue')}</th>
              ${FIGURES.map((figure) => html`
                <td class="number">${shown(figure, one.recorded ?? {})} → <b>${shown(figure, one.simulated ?? {})}</b></td>`)}
              <td class="number">${spanText(one.gained_agent_duration ?? '0s')}</td></tr>`)}
          </tbody>
        </table>
      </div>
    </section>`;
}

function bars(figure, recorded, simulated) {
  const most = Math.max(number(figure, recorded), number(figure, simulated), 1);
  const bar = (kind, acws) => html`
    <span class="muted small">${t(`figures.${kind}`)}</span>
    <span class="bar ${kind}"><span .style=${`width:${(100 * number(figure, acws)) / most}%`}></span></span>
    <span class="number">${shown(figure, acws)}</span>`;
  return html`<div class="bars" role="group" aria-label=${t(`figure.${figure}`)}><b>${t(`figure.${figure}`)}</b>
    ${bar('recorded', recorded)}${bar('simulated', simulated)}</div>`;
}
