// The frame of every page: where one is, whether what is shown is live, and in which language and theme.
import { html, nothing, View } from './view.js';
import { access } from './access.js';
import { session } from './session.js';
import { applyTheme, choose, settings } from './settings.js';
import { language, t } from './texts.js';
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

applyTheme();
document.documentElement.lang = language();

class Frame extends View {
  static properties = { feed: { attribute: false }, who: { state: true } };

  #ticking;
  #back = () => this.#ask();

  connectedCallback() {
    super.connectedCallback();
    access.addEventListener('back', this.#back);
    this.#ask();
    this.#ticking = setInterval(() => this.feed?.state === 'reconnecting' && this.requestUpdate(), 1_000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    access.removeEventListener('back', this.#back);
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
    const here = location.pathname.split('/').pop().replace('.html', '');
    return html`
      <header class="frame">
        <a class="name" href="/ui/floor.html">Aftercall</a>
        <nav aria-label=${t('pages')}>
          ${PAGES.filter(([, roles]) => roles.some((role) => this.who?.roles.includes(role))).map(([page]) => html`
            <a href="/ui/${page}.html" aria-current=${page === here ? 'page' : nothing}>${t(`page.${page}`)}</a>`)}
        </nav>
        <span class="push"></span>
        ${this.feed ? this.#mark() : nothing}
        <label class="check">
          <span class="away">${t('language')}</span>
          <select @change=${(event) => { choose({ language: event.target.value }); location.reload(); }}>
            ${[['en', 'English'], ['es', 'Español']].map(([code, text]) => html`
              <option value=${code} ?selected=${code === language()}>${text}</option>`)}
          </select>
        </label>
        <label class="check">
          <span class="away">${t('theme')}</span>
          <select @change=${(event) => choose({ theme: event.target.value })}>
            ${['', 'light', 'dark'].map((theme) => html`
              <option value=${theme} ?selected=${theme === (settings.theme ?? '')}>${t(`theme.${theme || 'auto'}`)}</option>`)}
          </select>
        </label>
        ${this.who?.sign_in ? html`
          <span class="who" title=${this.who.tenant}>${this.who.subject}</span>
          <button @click=${() => access.signOut()}>${t('access.leave')}</button>` : nothing}
      </header>
      <sign-in-mark></sign-in-mark>`;
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
