// All together: the figures that everybody asks for, how long ACWs took, and why they ended.
import { html, nothing, View } from '../lib/view.js';
import { problemView } from '../lib/action.js';
import { name, t } from '../lib/texts.js';
import { DISTRIBUTION, drawn, numberText, shareText, spanStep, spanText, titleOf, TOTALS } from './figures.js';
import { reportQuery } from './query.js';
import { Result } from './result.js';
import './chart.js';

class ReportTotals extends View {
  static properties = { wish: { attribute: false }, now: { attribute: false } };

  #result = new Result(this, 'ReportService/GetAcwReport');
  #asked;

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#result.stop();
  }

  willUpdate(changed) {
    const query = reportQuery(this.wish, this.now, { cut: false, by: [] });
    if (changed.has('now') || JSON.stringify(query) !== JSON.stringify(this.#asked)) {
      this.#asked = query;
      this.#result.ask({ query });
    }
  }

  render() {
    const { total, problem, busy } = this.#result;
    if (problem) return problemView(problem);
    if (!total) return html`<p class="muted" role="status">${t('reports.loading')}</p>`;
    return html`
      <dl class="totals" aria-busy=${busy}>
        ${TOTALS.filter(({ key, value }) => key !== 'occupancy' || value(total) !== null).map(({ key, value, write }) => html`
          <div class="card" data-total=${key}><dt title=${titleOf(key) ?? nothing}>${t(`reports.column.${key}`)}</dt><dd class="number">${write(value(total))}</dd></div>`)}
      </dl>
      ${(total.end_reasons ?? []).length ? html`<div class="two">${this.#distribution(total)}${this.#reasons(total)}</div>` : nothing}`;
  }

  #distribution(total) {
    const values = DISTRIBUTION.map(({ value }) => value(total));
    return this.#part('reports.distribution', spanText, [
      [t('reports.share-of-acws'), t('reports.time'), ''],
      DISTRIBUTION.map(({ key }, at) => [t(`reports.column.${key}`), spanText(values[at])]),
    ], DISTRIBUTION.map(({ key }) => t(`reports.column.${key}`)), DISTRIBUTION.map((one) => drawn(one, total)));
  }

  #reasons({ end_reasons: reasons }) {
    return this.#part('reports.reasons', numberText, [
      [t('reports.reason'), t('reports.column.acw_count'), t('reports.share')],
      reasons.map((one) => [name(one.end_reason), numberText(Number(one.acw_count)), shareText(one.share)]),
    ], reasons.map((one) => name(one.end_reason)), reasons.map((one) => Number(one.acw_count)));
  }

  #part(title, write, [head, rows], labels, values) {
    const file = `/api/v1/ReportService/ExportAcwReport?request=${encodeURIComponent(JSON.stringify({ query: this.#asked }))}`;
    const spec = {
      kind: 'side', labels, series: [{ label: t(title), values }], stacked: false, write, step: write === spanText ? spanStep : undefined,
      alternative: `${t(title)}. ${t('reports.alternative')}`,
    };
    return html`
      <section class="card part" aria-label=${t(title)}>
        <div class="row">
          <h2>${t(title)}</h2>
          <a class="button push" href=${file} download>${t('reports.csv')}<span class="away"> ${t(title)}</span></a>
        </div>
        <div class="beside">
          <report-chart .spec=${spec}></report-chart>
          <table>
            <caption class="away">${t(title)}</caption>
            <thead><tr>${head.filter(Boolean).map((text, at) => html`<th scope="col" class=${at ? 'number' : ''}>${text}</th>`)}</tr></thead>
            <tbody>${rows.map(([first, ...others]) => html`
              <tr><th scope="row">${first}</th>${others.map((text) => html`<td class="number">${text}</td>`)}</tr>`)}</tbody>
          </table>
        </div>
      </section>`;
  }
}

customElements.define('report-totals', ReportTotals);
