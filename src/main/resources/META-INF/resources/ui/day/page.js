// What one agent did in a day.
import { html, nothing, View } from '../lib/view.js';
import { problemView } from '../lib/action.js';
import { now } from '../lib/clock.js';
import { session } from '../lib/session.js';
import { loadTexts, t } from '../lib/texts.js';
import { dayAfter, dayInWords, dayOr, momentInWords, today, zoneInWords } from './dates.js';
import { readDay, readWrapUps } from './day.js';
import { acwTable, figures, statusTable, wrapUpTable } from './tables.js';
import '../lib/frame.js';
import './timeline.js';

await loadTexts('day');

/** A day that is not over is read again so often, in milliseconds, while somebody may be looking. */
const AGAIN = 10_000;

class DayPage extends View {
  static properties = { agent: { state: true }, date: { state: true }, day: { state: true }, problem: { state: true }, reading: { state: true } };

  #who;
  #reading;
  #again;

  async connectedCallback() {
    super.connectedCallback();
    this.#again = setInterval(() => this.#readAgain(), AGAIN);
    window.addEventListener('popstate', this.#arrive);
    await this.#arrive();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#again);
    window.removeEventListener('popstate', this.#arrive);
    this.#reading?.abort();
  }

  /** The address says whose day it is, and which. Who is an agent has his own if it does not. */
  #arrive = async () => {
    const asked = new URLSearchParams(location.search);
    try {
      this.#who = await session();
      this.agent = asked.get('agent') || this.#who.agent_id;
    } catch (failure) {
      this.problem = failure;
      return;
    }
    this.date = dayOr(asked.get('date'));
    this.day = null;
    await this.#read();
  };

  #go(agent, date) {
    history.pushState(null, '', this.#address(agent, date));
    this.#arrive();
  }

  #address(agent, date) {
    return `?${new URLSearchParams({ agent, date })}`;
  }

  #readAgain() {
    if (this.day && now() < this.day.until && !document.hidden && !this.reading) this.#read();
  }

  async #read() {
    this.#reading?.abort();
    document.title = `${this.agent || t('day.title')} · ${this.date} · Aftercall`;
    if (!this.agent) return;
    const { signal } = (this.#reading = new AbortController());
    this.reading = true;
    try {
      const day = await readDay(this.agent, this.date, { signal });
      if (signal.aborted) return;
      this.day = day;
      this.problem = null;
    } catch (failure) {
      if (signal.aborted) return;
      this.problem = failure;
    }
    this.reading = false;
  }

  async #more() {
    const { day } = this;
    try {
      const page = await readWrapUps(day.next, this.#reading.signal);
      if (this.day === day) this.day = { ...day, wrapUps: [...day.wrapUps, ...page.wrapUps], next: page.next };
    } catch (failure) {
      if (failure.name !== 'AbortError') this.problem = failure;
    }
  }

  render() {
    if (!this.date && !this.problem) return html`<app-frame></app-frame><main></main>`;
    const { day } = this;
    return html`
      <app-frame></app-frame>
      <main>
        ${this.date ? this.#head() : nothing}
        ${problemView(this.problem)}
        ${day ? html`
          ${this.#missing(day)}
          <section class="card" aria-label=${t('day.timeline')}><day-timeline .day=${day}></day-timeline></section>
          ${statusTable(day.spans)}
          ${figures(day)}
          ${acwTable(day)}
          ${wrapUpTable(day, { more: day.next ? () => this.#more() : null, edit: (record) => this.#edit(record) })}` : nothing}
        ${!day && this.reading ? html`<p class="muted" role="status">${t('day.reading')}</p>` : nothing}
        ${this.date && !this.agent ? html`<p class="card">${t('day.whose')}</p>` : nothing}
      </main>`;
  }

  #head() {
    const { agent, date } = this;
    const tomorrow = dayAfter(date, 1);
    return html`
      <div class="row head">
        <h1>${agent ? `${agent} · ` : ''}${dayInWords(date)}</h1>
        <span class="muted">${t('day.zone', { zone: zoneInWords(date) })}</span>
        <form class="row push" @submit=${(event) => this.#choose(event)}>
          ${this.#step('day.before', dayAfter(date, -1), '◀')}
          <label><span class="away">${t('day.date')}</span><input type="date" name="date" required .value=${date} max=${today()} @change=${(event) => event.target.form.requestSubmit()}></label>
          ${tomorrow <= today() ? this.#step('day.after', tomorrow, '▶') : nothing}
          <label><span class="away">${t('day.agent')}</span><input name="agent" required maxlength="128" placeholder=${t('day.agent')} .value=${agent}></label>
          <button>${t('day.show')}</button>
        </form>
      </div>`;
  }

  /** Where the agent himself can still change a wrap-up. */
  #edit({ interaction_id: id, version: { editable_until_time: until } }) {
    const { roles, agent_id: own } = this.#who;
    const mine = roles.includes('agent') && (!own || own === this.agent);
    return mine && Date.parse(until) > now() ? `/ui/wrap-up.html?${new URLSearchParams({ agent: this.agent, open: id })}` : null;
  }

  #step(key, date, sign) {
    const go = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#go(this.agent, date);
    };
    return this.agent ? html`<a class="button" href=${this.#address(this.agent, date)} aria-label=${t(key)} @click=${go}>${sign}</a>` : nothing;
  }

  #choose(event) {
    event.preventDefault();
    const chosen = new FormData(event.target);
    this.#go(chosen.get('agent').trim(), chosen.get('date'));
  }

  #missing(day) {
    if (day.completeFrom <= day.from) return nothing;
    return html`<p class="card missing" role="note">${day.completeFrom >= day.asOf && day.asOf > day.from
      ? t('day.missing.all')
      : t('day.missing.some', { time: momentInWords(day.completeFrom) })}</p>`;
  }
}

customElements.define('day-page', DayPage);
