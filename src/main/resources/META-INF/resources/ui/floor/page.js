// The floor: who is doing what, right now.
import { html, nothing, View } from '../lib/view.js';
import { Feed } from '../lib/feed.js';
import { loadTexts, name, t } from '../lib/texts.js';
import { session } from '../lib/session.js';
import { counts, grouped, matching, openAcws, sorted, STATUSES } from './selection.js';
import { CHOICES, readWish, writeWish } from './wish.js';
import { suggestions } from './force.js';
import { shape } from '../lib/status.js';
import '../lib/frame.js';
import './grid.js';
import './agent-panel.js';
import './end-acws.js';
import './first-run.js';

await loadTexts('floor');

/** While changes pour in, they are drawn so often at the most, in milliseconds. */
const PACE = 50;

/**
 * Where everybody stands is worked out anew at once when little happens, and seldom when much does: tiles that jump
 * cannot be read. In milliseconds, for each change, and at the most.
 */
const CALM = 50;
const LONGEST_CALM = 2_000;

/** What was done is told for so long, in milliseconds. */
const TOLD = 10_000;

/** What the address has. */
const WISHES = ['text', 'statuses', ...Object.keys(CHOICES)];

class FloorPage extends View {
  static properties = {
    text: { state: true },
    statuses: { state: true },
    group: { state: true },
    sort: { state: true },
    view: { state: true },
    chosen: { state: true },
    ending: { state: true },
    told: { state: true },
    supervises: { state: true },
  };

  #feed = new Feed();
  #pending;
  #drawn = 0;
  #changes = Infinity;
  #arranged = [];
  #arrangedAt = 0;

  constructor() {
    super();
    Object.assign(this, readWish(location.search), { chosen: null, ending: null, told: '', supervises: false });
    document.title = `${t('floor.title')} · Aftercall`;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#feed.addEventListener('change', ({ detail }) => {
      this.#changes += detail?.size ?? Infinity;
      this.#soon();
    });
    this.#feed.open();
    // Who may not is not asked what to do; the floor itself says where the server does not answer.
    session().then(({ roles }) => { this.supervises = roles.includes('supervisor'); }, () => {});
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#feed.close();
  }

  #soon() {
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      this.#drawn = performance.now();
      this.requestUpdate();
    }, Math.max(0, this.#drawn + PACE - performance.now()));
  }

  willUpdate(changed) {
    const calm = Math.min(this.#changes * CALM, LONGEST_CALM);
    const wished = WISHES.some((wish) => changed.has(wish));
    if (wished && this.hasUpdated) history.replaceState(history.state, '', location.pathname + writeWish(this));
    if (wished || this.#changes === Infinity || performance.now() - this.#arrangedAt >= calm) this.#arrange();
    else if (this.#changes) this.#soon();
  }

  #arrange() {
    const found = matching([...this.#feed.agents.values()], this);
    this.#arranged = grouped(sorted(found, this.sort), this.group);
    this.#arrangedAt = performance.now();
    this.#changes = 0;
  }

  render() {
    const { agents } = this.#feed;
    const empty = this.#feed.state === 'live' && agents.size === 0;
    const panel = this.#feed.agents.get(this.chosen);
    return html`
      <app-frame .feed=${this.#feed}></app-frame>
      <main>
        <h1 class="away">${t('floor.title')}</h1>
        ${this.#statuses(counts(agents.values()))}
        ${this.#wishes()}
        <first-run .empty=${empty}></first-run>
        ${this.told ? html`<p class="told" role="status">${this.told}</p>` : nothing}
        ${empty ? nothing : html`
          <div class="floor ${panel ? 'with-panel' : ''}">
            <floor-grid .groups=${this.#arranged} .agents=${agents} .drawn=${this.#drawn} .kind=${this.view} .chosen=${this.chosen} .open=${this.#open()}
              @choose=${(event) => { this.chosen = this.chosen === event.detail ? null : event.detail; }}
              @end=${(event) => { this.ending = { by: this.group, name: event.detail }; }}></floor-grid>
            ${panel ? html`
              <agent-panel .agent=${panel} .supervises=${this.supervises} @close=${() => { this.chosen = null; }}></agent-panel>` : nothing}
          </div>`}
        ${this.ending ? html`
          <end-acws .by=${this.ending.by} .name=${this.ending.name} .open=${this.#open()?.get(this.ending.name) ?? 0}
            @close=${(event) => this.#ended(event.detail)}></end-acws>` : nothing}
        ${this.supervises ? suggestions() : nothing}
      </main>`;
  }

  /** How many ACWs can be ended together; none where nobody may or there are no groups. */
  #open() {
    return this.supervises && this.group !== 'none' ? openAcws(this.#feed.agents.values(), this.group) : undefined;
  }

  /** @param count how many ACWs were ended; null if nobody wanted it after all */
  #ended(count) {
    this.ending = null;
    if (count === null) return;
    this.told = t(count === 1 ? 'end.done.one' : 'end.done', { count });
    setTimeout(() => { this.told = ''; }, TOLD);
  }

  #statuses(found) {
    return html`
      <div class="row statuses" role="group" aria-label=${t('floor.statuses')}>
        ${STATUSES.map((status) => html`
          <button class="status ${status}" title=${name(status)} aria-pressed=${this.statuses.has(status)} @click=${() => this.#toggle(status)}>
            ${shape(status)} <span>${name(status)}</span> <b class="number">${found.get(status)}</b>
          </button>`)}
      </div>`;
  }

  #toggle(status) {
    const statuses = new Set(this.statuses);
    if (!statuses.delete(status)) statuses.add(status);
    this.statuses = statuses;
  }

  #wishes() {
    return html`
      <div class="row wishes">
        <label class="grow"><span class="away">${t('floor.find')}</span>
          <input type="search" placeholder=${t('floor.find')} .value=${this.text}
            @input=${(event) => { this.text = event.target.value; }}></label>
        ${Object.keys(CHOICES).map((choice) => this.#choice(choice))}
      </div>`;
  }

  #choice(property) {
    const key = `floor.${property}`;
    return html`
      <label class="check">${t(key)}
        <select @change=${(event) => { this[property] = event.target.value; }}>
          ${CHOICES[property].map((value) => html`<option value=${value} ?selected=${value === this[property]}>${t(`${key}.${value}`)}</option>`)}
        </select>
      </label>`;
  }
}

customElements.define('floor-page', FloorPage);
