// Reports: what after-call work comes to.
import { html, nothing, View } from '../lib/view.js';
import { call } from '../lib/call.js';
import { now } from '../lib/clock.js';
import { problemView } from '../lib/action.js';
import { session } from '../lib/session.js';
import { loadTexts, name, t } from '../lib/texts.js';
import { locale } from './figures.js';
import { FILTERS, intervalOf, readWish, reportQuery, timesOf, writeWish } from './query.js';
import { Result } from './result.js';
import '../lib/frame.js';
import './padding.js';
import './section.js';
import './totals.js';
import './wishes.js';

await loadTexts('reports');

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Figures are asked for again when they are older than this, in milliseconds, and something else is to be seen. */
const FRESH = 60_000;

const PERSONAL = ['agent', 'supervisor', 'admin'];
const OF_OTHERS = ['supervisor', 'admin'];

class ReportsPage extends View {
  static properties = {
    wish: { state: true }, now: { state: true }, roles: { state: true }, problem: { state: true }, detail: { state: true },
    dispositions: { state: true },
  };

  /** Ids that a filter may be chosen from: those of the last 30 days. */
  #seen = new Result(this, 'ReportService/GetAcwReport');

  constructor() {
    super();
    document.title = `${t('reports.title')} · Aftercall`;
    this.detail = false;
    this.#read();
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('popstate', this.#read);
    this.#begin();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('popstate', this.#read);
  }

  #read = () => {
    this.wish = readWish(location.search, HERE);
    if (!this.now || now() - this.now > FRESH) this.now = now();
  };

  async #begin() {
    try {
      this.roles = (await session()).roles;
      this.now = now();
      const { dispositions = [] } = await call('DispositionService/ListDispositions');
      this.dispositions = new Map(dispositions.map(({ code, label }) => [code, label]));
    } catch (problem) {
      this.problem = problem;
    }
  }

  #may(roles) {
    return roles.some((role) => this.roles.includes(role));
  }

  /** Asked for once, when somebody looks at the filters. */
  #look() {
    if (this.#seen.asOf || this.#seen.busy) return;
    const by = ['queue', 'team', ...(this.#may(PERSONAL) ? ['agent'] : [])];
    this.#seen.ask({ query: reportQuery(readWish('?span=30', this.wish.zone), this.now, { cut: false, by }) });
  }

  #choose(wish) {
    history.pushState(null, '', writeWish(wish));
    this.#read();
  }

  render() {
    return html`
      <app-frame></app-frame>
      <main class="reports">
        ${problemView(this.problem)}
        ${this.roles ? this.#report() : html`<p class="muted" role="status">${t('reports.loading')}</p>`}
      </main>`;
  }

  #report() {
    const padding = this.wish.report === 'padding' && this.#may(OF_OTHERS);
    const wish = padding ? this.wish : { ...this.wish, report: 'acw' };
    return html`
      <div class="row head">
        <h1>${t(padding ? 'reports.padding' : 'reports.title')}</h1>
        ${this.#may(OF_OTHERS) ? html`
          <nav class="row kinds" aria-label=${t('reports.kinds')}>
            ${['acw', 'padding'].map((report) => html`
              <a class="button" href=${writeWish({ ...wish, report })} aria-current=${report === wish.report ? 'page' : nothing}>${t(`reports.report.${report}`)}</a>`)}
          </nav>` : nothing}
        <button class="push" @click=${() => print()}>${t('reports.print')}</button>
        <button @click=${() => { this.now = now(); }}>${t('reports.again')}</button>
      </div>
      <p class="asked">${this.#words()}</p>
      <report-wishes .wish=${wish} .now=${this.now} .personal=${this.#may(PERSONAL)} .others=${this.#may(OF_OTHERS)} .known=${this.#known()}
        @wish=${(event) => this.#choose(event.detail)} @filters=${() => this.#look()}></report-wishes>
      ${padding ? html`<padding-report .wish=${wish} .now=${this.now}></padding-report>` : this.#parts()}`;
  }

  #parts() {
    const { wish } = this;
    const kinds = [...(intervalOf(wish) === 'none' ? [] : ['time']), ...(wish.by.length ? ['groups'] : [])];
    const part = (kind) => html`<report-section .wish=${wish} .now=${this.now} .kind=${kind} .dispositions=${this.dispositions}></report-section>`;
    return html`
      <report-totals .wish=${wish} .now=${this.now}></report-totals>
      ${kinds.map(part)}
      ${kinds.length < 2 ? nothing : html`
        <details class="all" ?open=${this.detail} @toggle=${(event) => { this.detail = event.target.open; }}>
          <summary>${t('reports.detail.open')}</summary>
          ${this.detail ? part('detail') : nothing}
        </details>`}`;
  }

  /** What is asked, in words: for the head of what is printed. */
  #words() {
    const { wish } = this;
    const { start_time: start, end_time: end } = timesOf(wish, this.now);
    const time = (text) => new Date(text).toLocaleString(locale, { timeZone: wish.zone, dateStyle: 'medium', timeStyle: 'short' });
    const only = Object.entries(wish.only).filter(([, ids]) => ids.length)
      .map(([dimension, ids]) => `${t(`reports.only.${dimension}`)}: ${ids.map((id) => (dimension === 'channel' ? name(`CHANNEL_${id.toUpperCase()}`) : id)).join(', ')}`);
    return [`${time(start)} – ${time(end)} (${wish.zone})`, ...only, t('reports.as-of', { time: time(this.now) })].join(' · ');
  }

  #known() {
    const ids = (field) => [...new Set(this.#seen.rows.map((row) => row[field]).filter(Boolean))].sort().map((id) => [id, '']);
    const known = Object.fromEntries(['queue', 'team', 'agent'].map((one) => [one, ids(FILTERS[one].replace(/s$/, ''))]));
    return { ...known, disposition: [...(this.dispositions ?? [])] };
  }
}

customElements.define('reports-page', ReportsPage);
