// The frame of every page: where one is, whether what is shown is live, and in which language and theme.
import { html, nothing, svg, View } from './view.js';
import { access } from './access.js';
import { session } from './session.js';
import { applyTheme, choose, settings } from './settings.js';
import { has, language, t } from './texts.js';
import { clockSpan } from './spans.js';
import './sign-in-mark.js';

/** The pages, each with the roles that have a use for it. */
const PAGES = [
  ['floor', ['supervisor', 'viewer', 'router']],
  ['policies', ['supervisor', 'admin']],
  ['reports', ['supervisor', 'admin', 'viewer', 'agent']],
  ['follow-ups', ['supervisor', 'agent']],
  ['wrap-up', ['agent']],
  ['agent-day', ['agent']],
];

const SLIDERS = svg`<path d="M3 6h9m4 0h5M3 12h3m4 0h11M3 18h11m4 0h3" /><circle cx="14" cy="6" r="2" /><circle cx="8" cy="12" r="2" /><circle cx="16" cy="18" r="2" />`;

applyTheme();
document.documentElement.lang = language();

class Frame extends View {
  static properties = { feed: { attribute: false }, who: { state: true }, open: { state: true } };

  #ticking;
  #back = () => this.#ask();
  #elsewhere = ({ target }) => { if (!this.contains(target)) this.open = null; };

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#elsewhere);
    document.addEventListener('focusin', this.#elsewhere);
    this.addEventListener('keydown', (event) => this.#escape(event));
    access.addEventListener('back', this.#back);
    this.#ask();
    this.#ticking = setInterval(() => this.feed?.state === 'reconnecting' && this.requestUpdate(), 1_000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    access.removeEventListener('back', this.#back);
    document.removeEventListener('pointerdown', this.#elsewhere);
    document.removeEventListener('focusin', this.#elsewhere);
    clearInterval(this.#ticking);
  }

  /** Who is looking; who is not known, is told so by the mark. */
  #ask() {
    session().then((who) => { this.who = who; }, () => {});
  }

  willUpdate(changed) {
    if (changed.has('feed')) this.feed?.addEventListener('state', () => this.requestUpdate());
  }

  render() {
    const here = this.#here();
    return html`
      <header class="frame">
        <a class="name" href="/ui/floor.html">Aftercall</a>
        <button class="menu" aria-expanded=${this.open === 'pages'} aria-controls="pages" @click=${() => this.#toggle('pages')}>
          <span aria-hidden="true">☰</span> ${has(`page.${here}`) ? html`<span class="away">${t('menu')}:</span> ${t(`page.${here}`)}` : t('menu')}
        </button>
        <nav id="pages" class=${this.open === 'pages' ? 'open' : ''} aria-label=${t('pages')}>
          ${PAGES.filter(([, roles]) => roles.some((role) => this.who?.roles.includes(role))).map(([page]) => html`
            <a href="/ui/${page}.html" aria-current=${page === here ? 'page' : nothing}>${t(`page.${page}`)}</a>`)}
        </nav>
        <span class="push"></span>
        ${this.feed ? this.#mark() : nothing}
        ${this.who?.sign_in ? html`
          <span class="who" title=${this.who.tenant}>${this.who.subject}</span>
          <button @click=${() => access.signOut()}>${t('access.leave')}</button>` : nothing}
        ${this.#settings()}
      </header>
      <sign-in-mark></sign-in-mark>`;
  }

  /** The page that one is on; the day of somebody else is not one's own. */
  #here() {
    const page = location.pathname.split('/').pop().replace('.html', '');
    const agent = new URLSearchParams(location.search).get('agent');
    return page === 'agent-day' && agent && agent !== this.who?.agent_id ? '' : page;
  }

  #settings() {
    return html`
      <button class="sliders" aria-expanded=${this.open === 'settings'} aria-controls="settings" title=${t('settings')}
        @click=${() => this.#toggle('settings')}>
        <svg viewBox="0 0 24 24" aria-hidden="true">${SLIDERS}</svg><span class="away">${t('settings')}</span>
      </button>
      <div id="settings" class="card" ?hidden=${this.open !== 'settings'}>
        <label>${t('language')}
          <select @change=${(event) => { choose({ language: event.target.value }); location.reload(); }}>
            ${[['en', 'English'], ['es', 'Español']].map(([code, text]) => html`
              <option value=${code} ?selected=${code === language()}>${text}</option>`)}
          </select>
        </label>
        <label>${t('theme')}
          <select @change=${(event) => choose({ theme: event.target.value })}>
            ${['', 'light', 'dark'].map((theme) => html`
              <option value=${theme} ?selected=${theme === (settings.theme ?? '')}>${t(`theme.${theme || 'auto'}`)}</option>`)}
          </select>
        </label>
      </div>`;
  }

  #toggle(what) {
    this.open = this.open === what ? null : what;
  }

  /** Closes what is open, and leaves the focus where it can be opened again. */
  #escape(event) {
    if (event.key !== 'Escape' || !this.open) return;
    const opener = this.querySelector(`[aria-controls="${this.open}"]`);
    this.open = null;
    opener.focus();
  }

  #mark() {
    const { state, since } = this.feed;
    const text = state === 'reconnecting'
      ? t('mark.reconnecting', { span: clockSpan(performance.now() - since) })
      : t(`mark.${state}`);
    return html`<span class="mark ${state}" role="status">${text}</span>`;
  }
}

customElements.define('app-frame', Frame);
