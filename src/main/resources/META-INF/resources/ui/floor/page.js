// The floor: who is doing what, right now.
import { html, nothing, View } from '../lib/view.js';
import { Feed } from '../lib/feed.js';
import { loadTexts, name, t } from '../lib/texts.js';
import { counts, grouped, matching, sorted, STATUSES } from './selection.js';
import { shape } from '../lib/status.js';
import '../lib/frame.js';
import './grid.js';
import './agent-panel.js';
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

class FloorPage extends View {
  static properties = {
    text: { state: true },
    statuses: { state: true },
    group: { state: true },
    order: { state: true },
    kind: { state: true },
    chosen: { state: true },
  };

  #feed = new Feed();
  #pending;
  #drawn = 0;
  #changes = Infinity;
  #arranged = [];
  #arrangedAt = 0;

  constructor() {
    super();
    Object.assign(this, { text: '', statuses: new Set(), group: 'none', order: 'status', kind: 'grid', chosen: null });
    document.title = `${t('floor.title')} · Aftercall`;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#feed.addEventListener('change', ({ detail }) => {
      this.#changes += detail?.size ?? Infinity;
      this.#soon();
    });
    this.#feed.open();
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
    const wished = [...changed.keys()].some((property) => property !== 'chosen');
    if (wished || this.#changes === Infinity || performance.now() - this.#arrangedAt >= calm) this.#arrange();
    else if (this.#changes) this.#soon();
  }

  #arrange() {
    const found = matching([...this.#feed.agents.values()], this);
    this.#arranged = grouped(sorted(found, this.order), this.group);
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
        ${empty ? nothing : html`
          <div class="floor ${panel ? 'with-panel' : ''}">
            <floor-grid .groups=${this.#arranged} .agents=${agents} .drawn=${this.#drawn} .kind=${this.kind} .chosen=${this.chosen}
              @choose=${(event) => { this.chosen = this.chosen === event.detail ? null : event.detail; }}></floor-grid>
            ${panel ? html`<agent-panel .agent=${panel} @close=${() => { this.chosen = null; }}></agent-panel>` : nothing}
          </div>`}
      </main>`;
  }

  #statuses(found) {
    return html`
      <div class="row" role="group" aria-label=${t('floor.statuses')}>
        ${STATUSES.map((status) => html`
          <button class="status ${status}" aria-pressed=${this.statuses.has(status)} @click=${() => this.#toggle(status)}>
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
      <div class="row">
        <label class="grow"><span class="away">${t('floor.find')}</span>
          <input type="search" placeholder=${t('floor.find')} .value=${this.text}
            @input=${(event) => { this.text = event.target.value; }}></label>
        ${this.#choice('group', 'floor.group', ['none', 'team', 'queue'])}
        ${this.#choice('order', 'floor.sort', ['status', 'name', 'longest'])}
        ${this.#choice('kind', 'floor.view', ['grid', 'list'])}
      </div>`;
  }

  #choice(property, key, values) {
    return html`
      <label class="check">${t(key)}
        <select @change=${(event) => { this[property] = event.target.value; }}>
          ${values.map((value) => html`<option value=${value} ?selected=${value === this[property]}>${t(`${key}.${value}`)}</option>`)}
        </select>
      </label>`;
  }
}

customElements.define('floor-page', FloorPage);
