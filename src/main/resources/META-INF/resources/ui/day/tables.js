// The day in rows: statuses, ACWs, wrap-ups, and figures beside those of the queues.
import { html, nothing } from '../lib/view.js';
import { locale, name, t } from '../lib/texts.js';
import { clockSpan } from '../lib/spans.js';
import { shape } from '../lib/status.js';
import { millis } from './day.js';
import { timeInWords } from './dates.js';

export function statusTable(spans) {
  return html`
    <details class="card">
      <summary><h2>${t('day.statuses', { count: spans.length })}</h2></summary>
      ${table([['day.from', true], ['day.until', true], ['day.took', true], ['day.status'], ['day.reason']], spans.map((span) => html`
        <tr class=${span.status}>
          <td class="number">${timeInWords(span.from)}</td>
          <td class="number">${span.lasts ? t('day.now') : timeInWords(span.until)}</td>
          <td class="number">${clockSpan(span.until - span.from)}</td>
          <th scope="row"><span class="status">${shape(span.status)} ${name(span.status)}</span></th>
          <td>${span.reason}</td>
        </tr>`), t('day.statuses', { count: spans.length }))}
    </details>`;
}

export function acwTable({ acws, omitted }) {
  return html`
    <section class="card">
      <h2>${t('day.acws', { count: acws.length })}</h2>
      ${omitted ? html`<p>${t('day.acws.omitted', { count: omitted })}</p>` : nothing}
      ${acws.length ? table([['day.from', true], ['day.until', true], ['day.took', true], ['day.given', true], ['day.extensions', true], ['day.queue'], ['day.interaction'], ['day.ended'], ['day.wrap-up']],
        acws.map(acwRow), t('day.acws', { count: acws.length })) : html`<p class="muted">${t('day.acws.none')}</p>`}
    </section>`;
}

function acwRow({ acw, given_duration: given, wrap_up_status: wrapUp, completed_late: late }) {
  const took = acw.end_time && Date.parse(acw.end_time) - Date.parse(acw.start_time);
  return html`
    <tr>
      <td class="number">${timeInWords(acw.start_time)}</td>
      <td class="number">${acw.end_time ? timeInWords(acw.end_time) : t('day.open')}</td>
      <td class="number">${acw.end_time ? clockSpan(took) : ''}</td>
      <td class="number">${given ? clockSpan(millis(given)) : t('day.no-limit')}</td>
      <td class="number">${acw.extensions_used ?? 0}</td>
      <td>${acw.interaction?.queue_id ?? ''}</td>
      <th scope="row">${acw.interaction?.interaction_id}</th>
      <td>${acw.end_reason ? name(acw.end_reason) : ''}${acw.force_reason ? html`<br><span class="muted">${acw.ended_by}: ${acw.force_reason}</span>` : nothing}</td>
      <td>${wrapUp ? name(wrapUp) : ''}${late ? html`<br><span class="late">${t('day.late')}</span>` : nothing}</td>
    </tr>`;
}

/**
 * @param more asks for the next ones; absent if these are all
 * @param edit the address where a wrap-up can still be changed, or null
 */
export function wrapUpTable({ wrapUps }, { more, edit }) {
  if (!wrapUps) return nothing;
  return html`
    <section class="card">
      <h2>${t('day.wrap-ups')}</h2>
      ${wrapUps.length ? table([['day.interaction-time', true], ['day.queue'], ['day.customer'], ['day.disposition'], ['day.subject'], ['day.tags'], ['day.wrap-up']],
        wrapUps.map((record) => html`
          <tr>
            <td class="number">${timeInWords(record.interaction_time)}</td>
            <td>${record.queue_id}</td>
            <td>${record.customer_id}</td>
            <td>${record.wrap_up?.disposition_code}</td>
            <th scope="row">${record.wrap_up?.subject}${record.wrap_up?.notes ? html`<div class="notes">${record.wrap_up.notes}</div>` : nothing}</th>
            <td>${(record.wrap_up?.tags ?? []).join(', ')}</td>
            <td>${name(record.version.status)}${edit(record) ? html` <a href=${edit(record)}>${t('day.edit')}</a>` : nothing}</td>
          </tr>`), t('day.wrap-ups')) : html`<p class="muted">${t('day.wrap-ups.none')}</p>`}
      ${more ? html`<p><button @click=${more}>${t('day.more')}</button></p>` : nothing}
    </section>`;
}

export function figures({ figures: all, queues }) {
  return html`
    <section class="card">
      <h2>${t('day.figures')}</h2>
      <dl class="figures">
        ${figure('day.handled', number(all.handled_count))}
        ${figure('day.acw-count', number(all.acw_count))}
        ${figure('day.acw-time', clockSpan(millis(all.acw_duration)))}
        ${figure('day.average', span(all.average_acw_duration))}
        ${figure('day.aht', span(all.average_handle_duration), t('day.aht.title'))}
        ${figure('day.occupancy', share(all.occupancy))}
        ${figure('day.extended', share(all.extension_rate))}
      </dl>
      ${queues.length ? table([['day.queue'], ['day.acw-count', true], ['day.average', true], ['day.queue-average', true], ['day.aht', true], ['day.queue-aht', true]], queues.map((queue) => html`
        <tr>
          <th scope="row">${queue.queue_id || t('day.no-queue')}</th>
          <td class="number">${number(queue.figures?.acw_count)}</td>
          <td class="number">${span(queue.figures?.average_acw_duration)}</td>
          <td class="number">${span(queue.queue_average_acw_duration)}</td>
          <td class="number">${span(queue.figures?.average_handle_duration)}</td>
          <td class="number">${span(queue.queue_average_handle_duration)}</td>
        </tr>`), t('day.queues')) : nothing}
    </section>`;
}

/** @param title what its abbreviation stands for, if it is one */
function figure(key, value, title) {
  return html`<div><dt title=${title ?? nothing}>${t(key)}</dt><dd class="number">${value}</dd></div>`;
}

function number(value) {
  return Number(value ?? 0).toLocaleString(locale());
}

function span(duration) {
  return duration ? clockSpan(millis(duration)) : '–';
}

function share(value) {
  return value === undefined ? '–' : value.toLocaleString(locale(), { style: 'percent' });
}

/** It scrolls by itself where it is wider than the window, also with the keyboard. */
function table(columns, rows, caption) {
  return html`
    <div class="wide" tabindex="0" role="region" aria-label=${caption}>
      <table>
        <thead><tr>${columns.map(([key, number]) => html`<th scope="col" class=${number ? 'number' : ''}>${t(key)}</th>`)}</tr></thead>
        <tbody>${rows}</tbody>
      </table>
    </div>`;
}
