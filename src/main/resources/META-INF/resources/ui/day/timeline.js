// A day's statuses as lanes along the hours: each status has its own, so that colour says nothing that place does not.
import { html, nothing, svg, View } from '../lib/view.js';
import { locale, name, t } from '../lib/texts.js';
import { clockSpan } from '../lib/spans.js';
import { shape } from '../lib/status.js';
import { timeInWords } from './dates.js';

export const STATUSES = ['AVAILABLE', 'ENGAGED', 'AFTER_CALL_WORK', 'RESTING', 'NOT_READY', 'OFFLINE'].map((status) => `AGENT_STATUS_${status}`);

const MINUTE = 60_000;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720].map((minutes) => minutes * MINUTE);
const NARROWEST = 5 * MINUTE;

/** How high a lane is, and how wide a label of the axis with the room around it, in the size of the page's type. */
const LANE = 2.4;
const LABEL = 4.3;

class DayTimeline extends View {
  static properties = { day: { attribute: false }, place: { state: true }, window: { state: true }, size: { state: true } };

  #sizes = new ResizeObserver(([entry]) => {
    this.size = {
      width: Math.round(entry.contentRect.width),
      type: parseFloat(getComputedStyle(document.documentElement).fontSize),
    };
  });

  constructor() {
    super();
    Object.assign(this, { place: null, window: null, size: { width: 800, type: 15 } });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#sizes.disconnect();
  }

  firstUpdated() {
    this.#sizes.observe(this.querySelector('.plot'));
  }

  /** Of another day the working time is shown; the same one, read again, stays where it is. */
  willUpdate(changed) {
    if (changed.has('day') && changed.get('day')?.from !== this.day.from) {
      this.window = this.#worked();
      this.place = null;
    }
  }

  render() {
    const [from, until] = this.window;
    const whole = from === this.day.from && until === this.day.until;
    return html`
      <div class="row tools" role="group" aria-label=${t('day.zoom')}>
        <button @click=${() => this.#zoom(0.5)} ?disabled=${until - from <= NARROWEST}>${t('day.zoom.in')}</button>
        <button @click=${() => this.#zoom(2)} ?disabled=${whole}>${t('day.zoom.out')}</button>
        <button @click=${() => { this.window = [this.day.from, this.day.until]; }} ?disabled=${whole}>${t('day.zoom.whole')}</button>
        <button @click=${() => { this.window = this.#worked(); }}>${t('day.zoom.work')}</button>
        <span class="push"></span>
        <button @click=${() => this.#move(-0.5)} ?disabled=${from <= this.day.from} aria-label=${t('day.earlier')}>◀</button>
        <button @click=${() => this.#move(0.5)} ?disabled=${until >= this.day.until} aria-label=${t('day.later')}>▶</button>
      </div>
      <div class="lanes">
        <ul class="names">${STATUSES.map((status) => html`
          <li class=${status}>${shape(status)}<span>${name(status)}</span><b class="number">${clockSpan(this.#total(status))}</b></li>`)}</ul>
        <div class="plot" tabindex="0" role="group" aria-roledescription=${t('day.timeline')} aria-label=${t('day.timeline.keys')}
            @keydown=${(event) => this.#key(event)} @click=${(event) => this.#choose(event)}
            @wheel=${{ handleEvent: (event) => this.#wheel(event), passive: false }}>${this.#plot(from, until)}</div>
      </div>
      <p class="told" role="status">${this.#told()}</p>`;
  }

  #plot(from, until) {
    const { width, type } = this.size;
    const x = (time) => ((time - from) / (until - from)) * width;
    const lane = LANE * type;
    const label = LABEL * type;
    const height = STATUSES.length * lane;
    const step = STEPS.find((wide) => (wide / (until - from)) * width >= label) ?? STEPS.at(-1);
    const { completeFrom, asOf } = this.day;
    return html`
      <svg width=${width} height=${height + lane * 0.7} aria-hidden="true">
        ${ticks(from, until, step).map((time) => svg`
          <line class="tick" x1=${x(time)} x2=${x(time)} y1="0" y2=${height} />
          ${x(time) > width - label / 2 ? nothing : svg`<text x=${x(time)} y=${height + lane * 0.5} text-anchor=${x(time) < label / 2 ? 'start' : 'middle'}>${clock(time)}</text>`}`)}
        ${STATUSES.map((status, row) => svg`<line class="lane" x1="0" x2=${width} y1=${(row + 1) * lane - 0.5} y2=${(row + 1) * lane - 0.5} />`)}
        ${completeFrom > from ? svg`<rect class="unknown" x="0" y="0" width=${Math.max(0, Math.min(width, x(completeFrom)))} height=${height} />` : nothing}
        ${this.day.spans.map((span, place) => (span.until < from || span.from > until ? nothing : svg`
          <rect class="span ${span.status} ${place === this.place ? 'chosen' : ''}" data-place=${place} rx="2"
            x=${Math.max(0, x(span.from))} y=${(STATUSES.indexOf(span.status) + 0.14) * lane} height=${lane * 0.72}
            width=${Math.max(1.5, Math.min(width, x(span.until)) - Math.max(0, x(span.from)))}>
            <title>${inWords(span)}</title></rect>`))}
        ${asOf > from && asOf < until ? svg`<line class="now" x1=${x(asOf)} x2=${x(asOf)} y1="0" y2=${height} />` : nothing}
      </svg>`;
  }

  #told() {
    const span = this.day.spans[this.place];
    return span ? inWords(span) : t('day.timeline.hint');
  }

  #total(status) {
    return this.day.spans.filter((span) => span.status === status).reduce((sum, span) => sum + span.until - span.from, 0);
  }

  /** From the first status that is not offline to the last, with a little around it. */
  #worked() {
    const spans = this.day.spans.filter(({ status }) => status !== 'AGENT_STATUS_OFFLINE');
    if (!spans.length) return [this.day.from, this.day.until];
    const [from, until] = [spans[0].from, spans.at(-1).until];
    const room = Math.max((until - from) / 50, MINUTE, (NARROWEST - (until - from)) / 2);
    return this.#within(from - room, until + room);
  }

  #zoom(factor) {
    const [from, until] = this.window;
    const span = this.day.spans[this.place];
    const middle = span ? (span.from + span.until) / 2 : (from + until) / 2;
    this.#around(middle, Math.max(NARROWEST, (until - from) * factor));
  }

  #around(middle, width) {
    this.window = this.#within(middle - width / 2, middle + width / 2);
  }

  #move(share) {
    const [from, until] = this.window;
    this.window = this.#within(from + (until - from) * share, until + (until - from) * share);
  }

  #within(from, until) {
    const width = Math.min(until - from, this.day.until - this.day.from);
    const begin = Math.min(Math.max(from, this.day.from), this.day.until - width);
    return [begin, begin + width];
  }

  #key(event) {
    const last = this.day.spans.length - 1;
    const places = {
      ArrowRight: this.place === null ? 0 : Math.min(last, this.place + 1),
      ArrowLeft: this.place === null ? last : Math.max(0, this.place - 1),
      Home: 0,
      End: last,
    };
    if (event.key in places && last >= 0) this.#show(places[event.key]);
    else if (event.key === '+') this.#zoom(0.5);
    else if (event.key === '-') this.#zoom(2);
    else return;
    event.preventDefault();
  }

  #show(place) {
    this.place = place;
    const span = this.day.spans[place];
    const [from, until] = this.window;
    if (span.until < from || span.from > until) this.#around((span.from + span.until) / 2, until - from);
  }

  #choose(event) {
    const place = event.target.closest?.('[data-place]')?.dataset.place;
    if (place !== undefined) this.place = Number(place);
  }

  /** With Ctrl it zooms around the pointer, as maps do; without it the page scrolls. */
  #wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const [from, until] = this.window;
    const share = event.offsetX / this.size.width;
    const width = Math.max(NARROWEST, (until - from) * (event.deltaY > 0 ? 1.25 : 0.8));
    const at = from + (until - from) * share;
    this.window = this.#within(at - width * share, at + width * (1 - share));
  }
}

export function inWords(span) {
  const what = span.reason ? `${name(span.status)} (${span.reason})` : name(span.status);
  const until = span.lasts ? t('day.now') : timeInWords(span.until);
  return `${timeInWords(span.from)} – ${until} · ${what} · ${clockSpan(span.until - span.from)}`;
}

/** By the clocks of this browser: whole hours are whole also in zones that are half an hour off. */
function ticks(from, until, step) {
  const first = new Date(from);
  first.setHours(0, 0, 0, 0);
  const found = [];
  for (let time = first.getTime(); time <= until; time += step) {
    if (time >= from) found.push(time);
  }
  return found;
}

function clock(time) {
  return new Date(time).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit' });
}

customElements.define('day-timeline', DayTimeline);
