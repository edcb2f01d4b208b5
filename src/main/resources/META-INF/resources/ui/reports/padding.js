// Agents whose ACW regularly runs to the limit.
import { html, nothing, View } from '../lib/view.js';
import { problemView } from '../lib/action.js';
import { t } from '../lib/texts.js';
import { numberText, shareText, spanText } from './figures.js';
import { paddingRequest, writeWish } from './query.js';
import { Result } from './result.js';
import './chart.js';
import './table.js';

const DRAWN = 20;

const of = (field, read, write) => ({ key: `padding.${field}`, value: (row) => read(row[field]), write });
const count = (text) => Number(text ?? 0);
const share = (value) => value ?? 0;

const COLUMNS = [
  of('limit_share', share, shareText), of('at_limit_count', count, numberText), of('limited_count', count, numberText),
  of('acw_count', count, numberText), of('extension_rate', share, shareText),
  of('average_acw_duration', parseFloat, spanText), of('queue_average_acw_duration', parseFloat, spanText),
  of('longer_than_share', share, shareText),
];

const LABELS = ['agent', 'queue'].map((one) => ({
  key: one,
  text: (row) => row[`${one}_id`] || t(`reports.without.${one}`),
  order: (row) => (row[`${one}_id`] ?? '').toLowerCase(),
  filter: (row) => (row[`${one}_id`] ? [one, row[`${one}_id`]] : null),
}));

class PaddingReport extends View {
  static properties = { wish: { attribute: false }, now: { attribute: false }, order: { state: true } };

  #result = new Result(this, 'ReportService/GetPaddingReport');
  #asked;

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#result.stop();
  }

  willUpdate(changed) {
    const request = paddingRequest(this.wish, this.now);
    if (changed.has('now') || JSON.stringify(request) !== JSON.stringify(this.#asked)) {
      this.#asked = request;
      this.#result.ask(request);
    }
  }

  render() {
    const { problem, busy } = this.#result;
    const rows = this.#result.rows.map((row) => ({ ...row, figures: row }));
    return html`
      <section class="card part" aria-label=${t('reports.padding')} aria-busy=${busy}>
        <h2>${t('reports.padding')}</h2>
        <p class="muted">${t('reports.padding.why')}</p>
        ${problemView(problem)}
        ${rows.length ? this.#figures(rows) : html`<p class="muted" role="status">${busy ? t('reports.loading') : problem ? nothing : t('reports.padding.nobody')}</p>`}
      </section>`;
  }

  #figures(rows) {
    const drawn = (this.order ?? rows).slice(0, DRAWN);
    const title = t('reports.padding');
    return html`
      <div class="beside padding">
        <report-chart .spec=${{
          kind: 'side', stacked: false, write: shareText,
          labels: drawn.map((row) => LABELS.map(({ text }) => text(row)).join(' · ')),
          series: [{ label: t('reports.column.padding.limit_share'), values: drawn.map((row) => row.limit_share) }],
          alternative: `${title}: ${t('reports.column.padding.limit_share')}. ${t('reports.alternative')}`,
        }}></report-chart>
        <report-table .caption=${title} .rows=${rows} .labels=${LABELS} .columns=${COLUMNS} .unread=${this.#result.more}
          .link=${(dimension, id) => this.#look(dimension, id)}
          @order=${(event) => { this.order = event.detail; }} @more=${() => this.#result.readOn()}></report-table>
      </div>`;
  }

  /** The report of that agent or queue. */
  #look(dimension, id) {
    return writeWish({ ...this.wish, report: 'acw', by: ['agent', 'queue'], only: { ...this.wish.only, [dimension]: [id] } });
  }
}

customElements.define('padding-report', PaddingReport);
