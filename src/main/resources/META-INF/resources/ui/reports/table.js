// The figures as a table, which says all that a chart does.
import { html, nothing, View } from '../lib/view.js';
import { t } from '../lib/texts.js';
import { numberText, sortedRows, titleOf } from './figures.js';

/** So many rows are drawn, and so many more each time that somebody asks for more. */
const SHOWN = 100;

/**
 * Shows `rows` (`{ ... , figures }`) with `labels` and `columns`; emits `more` when all rows that are there are shown
 * and the server has others (`unread`), and `order` with the rows as they are sorted.
 */
class ReportTable extends View {
  static properties = {
    caption: { attribute: false }, rows: { attribute: false }, labels: { attribute: false },
    columns: { attribute: false }, unread: { attribute: false }, link: { attribute: false },
    sort: { state: true }, shown: { state: true },
  };

  #sorted = [];

  constructor() {
    super();
    Object.assign(this, { sort: null, shown: SHOWN, unread: false, link: () => null });
  }

  willUpdate(changed) {
    if (changed.has('columns') && this.sort && !this.#orders().has(this.sort.key)) this.sort = null;
    const order = this.sort && this.#orders().get(this.sort.key);
    this.#sorted = order ? sortedRows(this.rows, { order, down: this.sort.down }) : this.rows;
  }

  updated(changed) {
    if (changed.has('sort') || changed.has('rows')) {
      this.dispatchEvent(new CustomEvent('order', { detail: this.sort ? this.#sorted : null }));
    }
  }

  #orders() {
    return new Map([
      ...this.labels.map(({ key, order }) => [key, order]),
      ...this.columns.map(({ key, value }) => [key, (row) => value(row.figures)]),
    ]);
  }

  render() {
    return html`
      <div class="scroll" tabindex="0" role="group" aria-label=${this.caption}>
        <table>
          <caption class="away">${this.caption}</caption>
          <thead><tr>
            ${this.labels.map((one) => this.#head(one, ''))}
            ${this.columns.map((one) => this.#head(one, 'number'))}
          </tr></thead>
          <tbody>
            ${this.#sorted.slice(0, this.shown).map((row) => html`
              <tr>
                ${this.labels.map((label, at) => this.#label(label, row, at))}
                ${this.columns.map(({ value, write }) => html`<td class="number">${write(value(row.figures))}</td>`)}
              </tr>`)}
          </tbody>
        </table>
      </div>
      ${this.#rest()}`;
  }

  #head({ key }, kind) {
    const sorted = this.sort?.key === key;
    const direction = sorted ? (this.sort.down ? 'descending' : 'ascending') : nothing;
    return html`
      <th scope="col" class=${kind} aria-sort=${direction}>
        <button class="sort" title=${titleOf(key) ?? nothing} @click=${() => this.#sortBy(key, kind === 'number')}>
          ${t(`reports.column.${key}`)}<span aria-hidden="true">${sorted ? (this.sort.down ? ' ▼' : ' ▲') : ''}</span>
        </button>
      </th>`;
  }

  #label({ text, filter }, row, at) {
    const wish = filter(row);
    const link = wish && this.link(...wish);
    const shown = link ? html`<a href=${link}>${text(row)}</a>` : text(row);
    return at === 0 ? html`<th scope="row">${shown}</th>` : html`<td>${shown}</td>`;
  }

  /** Numbers begin with the highest; a third time takes the server's order again. */
  #sortBy(key, down) {
    const again = this.sort?.key === key;
    if (!again) this.sort = { key, down };
    else this.sort = this.sort.down === down ? { key, down: !down } : null;
  }

  #rest() {
    const hidden = this.rows.length > this.shown;
    if (!hidden && !this.unread) return nothing;
    return html`
      <p class="row rest">
        <span class="muted" role="status">${t(this.unread ? 'reports.rows.unread' : 'reports.rows.hidden', {
          shown: numberText(Math.min(this.shown, this.rows.length)), all: numberText(this.rows.length),
        })}</span>
        <button @click=${() => this.#more()}>${t('reports.more')}</button>
      </p>`;
  }

  #more() {
    if (this.rows.length <= this.shown + SHOWN && this.unread) this.dispatchEvent(new Event('more'));
    this.shown += SHOWN;
  }
}

customElements.define('report-table', ReportTable);
