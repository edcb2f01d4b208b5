// One cut of a report: its chart, the table beside it, and the file.
import { html, nothing, View } from '../lib/view.js';
import { problemView } from '../lib/action.js';
import { t } from '../lib/texts.js';
import { COLUMNS, drawn, labels, numberText, spanStep, spanText } from './figures.js';
import { reportQuery, writeWish } from './query.js';
import { Result } from './result.js';
import './chart.js';
import './table.js';

/** A chart of more has no room for their names. */
const DRAWN = 20;
const DRAWN_OVER_TIME = 200;

const TITLES = { time: 'reports.over-time', groups: 'reports.side-by-side', detail: 'reports.detail' };

/** Which rows there are: `kind` is `time`, `groups`, or `detail`, which is both and has no chart. */
class ReportSection extends View {
  static properties = {
    wish: { attribute: false }, now: { attribute: false }, kind: { attribute: false }, dispositions: { attribute: false },
    order: { state: true },
  };

  #result = new Result(this, 'ReportService/GetAcwReport');
  #asked;

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#result.stop();
  }

  get #cut() {
    return this.kind !== 'groups';
  }

  get #by() {
    return this.kind === 'time' ? [] : this.wish.by;
  }

  willUpdate(changed) {
    const query = reportQuery(this.wish, this.now, { cut: this.#cut, by: this.#by });
    if (changed.has('now') || JSON.stringify(query) !== JSON.stringify(this.#asked)) {
      this.#asked = query;
      this.#result.ask({ query });
    }
  }

  render() {
    const { rows, problem, busy } = this.#result;
    const title = t(TITLES[this.kind], { by: this.#by.map((one) => t(`reports.by.${one}`)).join(' × ') });
    const file = `/api/v1/ReportService/ExportAcwReport?request=${encodeURIComponent(JSON.stringify({ query: this.#asked }))}`;
    return html`
      <section class="card part" aria-label=${title} aria-busy=${busy}>
        <div class="row">
          <h2>${title} <span class="muted">${t(`reports.show.${this.wish.show}`)}</span></h2>
          <a class="button push" href=${file} download>${t('reports.csv')}<span class="away"> ${title}</span></a>
        </div>
        ${problemView(problem)}
        ${rows.length ? this.#figures(title) : html`<p class="muted" role="status">${busy ? t('reports.loading') : problem ? nothing : t('reports.nothing')}</p>`}
      </section>`;
  }

  #figures(title) {
    const { rows, more } = this.#result;
    const view = COLUMNS[this.wish.show];
    const waits = view.columns.filter(({ key, value }) => !['available_duration', 'occupancy'].includes(key)
      || rows.some((row) => value(row.figures) !== null));
    const named = labels(this.#by, this.wish.zone, this.#cut, this.dispositions);
    return html`
      <div class="beside ${this.kind}">
        ${this.kind === 'detail' ? nothing : html`<report-chart .spec=${this.#chart(title, view, named)}></report-chart>`}
        <report-table .caption=${title} .rows=${rows} .labels=${named} .columns=${waits} .unread=${more} .link=${(...of) => this.#narrowed(...of)}
          @order=${(event) => { this.order = event.detail; }} @more=${() => this.#result.readOn()}></report-table>
      </div>`;
  }

  #narrowed(dimension, id) {
    return writeWish({ ...this.wish, only: { ...this.wish.only, [dimension]: [id] } });
  }

  /** Side by side in the table's order, over time in that of time. */
  #chart(title, view, named) {
    const overTime = this.kind === 'time';
    const all = overTime ? this.#result.rows : this.order ?? this.#result.rows;
    const rows = all.slice(0, overTime ? DRAWN_OVER_TIME : DRAWN);
    const columns = overTime ? view.lines ?? view.bars : view.bars;
    const what = columns.map(({ key }) => t(`reports.column.${key}`)).join(', ');
    const part = rows.length < all.length ? t('reports.drawn', { drawn: numberText(rows.length), all: numberText(all.length) }) : '';
    return {
      kind: overTime ? (view.lines ? 'line' : 'bar') : 'side',
      labels: rows.map((row) => named.map(({ text }) => text(row)).join(' · ')),
      series: columns.map((one) => ({ label: t(`reports.column.${one.key}`), values: rows.map((row) => drawn(one, row.figures)) })),
      stacked: view.stacked ?? false,
      write: columns[0].write,
      step: columns[0].write === spanText ? spanStep : undefined,
      alternative: `${title}: ${what}. ${part} ${t('reports.alternative')}`,
    };
  }
}

customElements.define('report-section', ReportSection);

