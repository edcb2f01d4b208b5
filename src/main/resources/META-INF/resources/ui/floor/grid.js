// All agents, of whom only those that can be seen are in the page.
import { html, nothing, repeat, View } from '../lib/view.js';
import { t } from '../lib/texts.js';
import { now } from '../lib/clock.js';
import { heads, tile } from './tile.js';
import { lay } from './layout.js';
import { heading } from './heading.js';

/** Rings and times are drawn so often while nothing else happens. */
const TICK = 250;

/** Rows above and below what can be seen, so that nobody scrolls into nothing. */
const SPARE_ROWS = 2;

/**
 * Emits `choose` with an agent's id, and `end` with the name of a group whose ACWs are to be ended. `groups` says who
 * stands where, and `agents` what each of them does; `drawn` changes whenever one of them has. `open` has the number of
 * open ACWs of each group that can be ended together.
 */
class Grid extends View {
  static properties = {
    groups: { attribute: false },
    agents: { attribute: false },
    drawn: { attribute: false },
    kind: { attribute: false },
    chosen: { attribute: false },
    open: { attribute: false },
    focused: { state: true },
  };

  #rows = [];
  #columns = 1;
  #height = 0;
  #short = 0;
  #ticking;
  #resized = new ResizeObserver(() => this.requestUpdate('kind', null));

  connectedCallback() {
    super.connectedCallback();
    this.tabIndex = -1;
    this.addEventListener('scroll', () => this.requestUpdate(), { passive: true });
    this.addEventListener('click', (event) => this.#choose(event.target.closest('[data-agent]')));
    this.addEventListener('keydown', (event) => this.#move(event));
    this.addEventListener('focusin', (event) => { this.focused = event.target.dataset.agent ?? this.focused; });
    this.#resized.observe(this);
    this.#ticking = setInterval(() => this.requestUpdate(), TICK);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resized.disconnect();
    clearInterval(this.#ticking);
  }

  willUpdate(changed) {
    if (changed.has('groups') || changed.has('kind')) this.#lay();
  }

  #lay() {
    const { fontSize, fontFamily } = getComputedStyle(document.documentElement);
    const rem = parseFloat(fontSize);
    const room = { width: this.clientWidth, height: this.clientHeight, window: innerWidth, rem, font: fontFamily };
    const laid = lay(this.groups, this.kind, room);
    this.#rows = laid.rows;
    this.#columns = laid.columns;
    this.#height = laid.height;
    this.#short = laid.short;
    this.style.setProperty('--scale', laid.scale);
  }

  render() {
    const time = now();
    const [from, to] = this.#visible();
    const rows = this.#rows.slice(from, to);
    const first = rows.find((row) => row.ids)?.ids[0];
    const inView = rows.some((row) => row.ids?.includes(this.focused));
    const focusable = inView ? this.focused : first;
    // A place's elements are used again for whoever stands there now: to move them costs more than to change their words.
    return html`
      ${this.kind === 'list' && this.#rows.length ? heads() : nothing}
      <div class="all" .style=${`height:${this.#height}px`} role="group" aria-label=${t('floor.agents', { count: this.#count() })}>
        ${this.#rows.length ? nothing : html`<p class="muted">${t('floor.none')}</p>`}
        ${repeat(rows, (row, index) => from + index, (row) => (row.ids
          ? html`
            <div class="tiles ${this.kind}" .style=${`transform:translateY(${row.top}px);--columns:${this.#columns}`}>
              ${row.ids.map((id) => this.#tile(id, time, id === focusable))}
            </div>`
          : heading(row, { time, agents: this.agents, open: this.open?.get(row.name) ?? 0, end: () => this.#end(row.name) })))}
      </div>`;
  }

  #tile(id, time, focusable) {
    const agent = this.agents.get(id);
    if (!agent) return nothing;
    const list = this.kind === 'list';
    return tile(agent, time, { selected: id === this.chosen, focusable, list, long: !list && id.length > this.#short });
  }

  /** Whoever has the focus keeps it where he stands now. */
  updated() {
    const focused = document.activeElement;
    if (this.contains(focused) && focused.dataset.agent && focused.dataset.agent !== this.focused) this.#focus(this.focused);
  }

  #focus(id) {
    this.querySelector(`[data-agent="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
  }

  #count() {
    return this.groups.reduce((sum, [, ids]) => sum + ids.length, 0);
  }

  #visible() {
    const rows = this.#rows;
    const from = rows.findIndex((row, index) => (rows[index + 1]?.top ?? this.#height) > this.scrollTop);
    const end = rows.findIndex((row) => row.top > this.scrollTop + this.clientHeight);
    return [Math.max(0, from - SPARE_ROWS), (end < 0 ? rows.length : end) + SPARE_ROWS];
  }

  #end(name) {
    this.dispatchEvent(new CustomEvent('end', { detail: name }));
  }

  #choose(element) {
    if (!element) return;
    this.focused = element.dataset.agent;
    this.dispatchEvent(new CustomEvent('choose', { detail: this.focused }));
  }

  /** Arrow keys go from tile to tile, also to those that are not drawn yet. */
  async #move(event) {
    const ids = this.#rows.flatMap((row) => row.ids ?? []);
    const at = ids.indexOf(event.target.dataset?.agent);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: this.#columns, ArrowUp: -this.#columns, Home: -at, End: ids.length - 1 - at }[event.key];
    if (at < 0 || step === undefined) return;
    event.preventDefault();
    const to = ids[Math.min(ids.length - 1, Math.max(0, at + step))];
    const row = this.#rows.find((candidate) => candidate.ids?.includes(to));
    const bottom = row.top + event.target.offsetHeight;
    const room = this.clientHeight - (this.querySelector('.heads')?.offsetHeight ?? 0);
    if (row.top < this.scrollTop) this.scrollTop = row.top;
    else if (bottom > this.scrollTop + room) this.scrollTop = bottom - room;
    this.focused = to;
    await this.updateComplete;
    this.#focus(to);
  }
}

customElements.define('floor-grid', Grid);
