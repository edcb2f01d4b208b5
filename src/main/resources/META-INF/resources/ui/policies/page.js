// The policies: the rules for after-call work, for supervisors and administrators.
import { html, nothing, View } from '../lib/view.js';
import { why } from '../lib/refusal.js';
import { session } from '../lib/session.js';
import { loadTexts, t } from '../lib/texts.js';
import { Book } from './book.js';
import { idOf, keyFrom, keyOf, mayChange, TENANT, wholeTenant } from './key.js';
import { keyText, momentText } from './words.js';
import { Reading } from './reading.js';
import '../lib/frame.js';

await loadTexts('policies');
await Promise.all(['agents', 'editor', 'effective', 'history', 'outcome', 'simulation', 'tree'].map((part) => import(`./${part}.js`)));

const TABS = ['rules', 'agents', 'history'];

class PoliciesPage extends View {
  static properties = { simulated: { state: true }, made: { state: true }, news: { state: true } };

  #book = new Book();
  #session = new Reading(this);
  #edition = 0;
  #drafts = new Map();
  #own = new Set();
  #newsOf;
  #tabBefore = this.#place.tab;

  constructor() {
    super();
    document.title = `${t('title')} · Aftercall`;
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('hashchange', () => this.#arrive());
    window.addEventListener('beforeunload', (event) => this.#drafts.size && event.preventDefault());
    this.#book.addEventListener('change', ({ detail }) => this.#changed(detail));
    this.#book.addEventListener('state', () => this.requestUpdate());
    this.#session.read(async () => {
      const found = await session();
      if (this.#allowed(found)) this.#book.open();
      return found;
    });
  }

  /** What came of a change is said where it was made. */
  #arrive() {
    if (this.#place.tab !== this.#tabBefore) this.made = null;
    this.#tabBefore = this.#place.tab;
    this.requestUpdate();
  }

  #allowed({ roles }) {
    return roles.includes('supervisor') || roles.includes('admin');
  }

  /** @param latest the change, null if it is not told, undefined if there is none that is new */
  #changed(latest) {
    const ours = latest && this.#own.delete(latest.revision);
    if (!ours) this.#edition++;
    if (latest && !ours) {
      this.#newsOf = latest.revision;
      this.news = t('news', { actor: latest.actor, policy: keyText(keyOf(latest)), moment: momentText(latest.change_time) });
    }
    this.requestUpdate();
  }

  /** Where one is, which the address says: a tab, and in some a policy. */
  get #place() {
    const [tab, ...rest] = location.hash.slice(1).split('/');
    return { tab: TABS.includes(tab) ? tab : 'rules', key: rest.length ? keyFrom(rest.join('/')) : null };
  }

  render() {
    const { value: who } = this.#session;
    const { tab, key } = this.#place;
    return html`
      <app-frame .feed=${who && this.#allowed(who) ? this.#book : undefined}></app-frame>
      <main class="policies">
        <div class="row"><h1>${t('title')}</h1>
          ${who && this.#allowed(who) ? html`
            <nav class="tabs row" aria-label=${t('title')}>
              ${TABS.map((one) => html`<a class="button" href="#${one}" aria-current=${one === tab ? 'page' : nothing}>${t(`tab.${one}`)}</a>`)}
            </nav>` : nothing}
        </div>
        ${this.#session.failure()}
        ${who ? this.#allowed(who) ? this.#body(who, tab, key) : html`<section class="card empty"><p>${t('not-yours')}</p></section>`
          : nothing}
      </main>`;
  }

  #body(who, tab, key) {
    const { problem, state } = this.#book;
    return html`
      ${problem ? html`<p class="problem" role="alert">${why(problem)}</p>` : nothing}
      <div role="status">${this.news ? html`<p class="note row">${this.news}
        <button class="push" @click=${() => { this.news = null; }} aria-label=${t('close')}>✕</button></p>` : nothing}</div>
      ${this.#edition ? this.#tab(who, tab, key) : state === 'reconnecting'
        ? html`<p class="problem row" role="alert">${t('unread')} <button @click=${() => this.#book.ask()}>${t('again')}</button></p>`
        : html`<p class="muted" role="status">${t('loading')}</p>`}
      ${this.made ? html`<policy-outcome .made=${this.made} @close=${() => { this.made = null; }}
        @made=${({ detail }) => this.#done(detail)}></policy-outcome>` : nothing}
      ${this.simulated ? html`<policy-simulation .asked=${this.simulated} @close=${() => { this.simulated = null; }}></policy-simulation>` : nothing}`;
  }

  #tab(who, tab, key) {
    const edition = this.#edition;
    const open = ({ detail }) => this.#go('rules', detail);
    const made = ({ detail }) => this.#done(detail);
    if (tab === 'agents') {
      return html`<policy-agents .edition=${edition} .teams=${this.#book.teams} .session=${who} @open=${open} @made=${made}></policy-agents>`;
    }
    if (tab === 'history') {
      return html`<policy-history .key=${key} .edition=${edition} .session=${who} @open=${open} @made=${made}
        @all=${() => this.#go('history')}></policy-history>`;
    }
    const chosen = key ?? TENANT;
    return html`
      <div class="cascade">
        <policy-tree .policies=${this.#book.policies} .teams=${this.#book.teams} .queues=${this.#book.queues} .chosen=${chosen} .drafts=${this.#drafts}
          .edition=${edition} @open=${open}></policy-tree>
        <policy-editor .key=${chosen} .edition=${edition} .drafts=${this.#drafts} .readOnly=${!mayChange(who, chosen)}
          .mayTry=${wholeTenant(who)} @open=${open} @made=${made} @drafted=${() => this.#drafted()}
          @history=${({ detail }) => this.#go('history', detail)} @simulate=${({ detail }) => { this.simulated = detail; }}></policy-editor>
        <effective-rules .key=${chosen} .edition=${edition} .queues=${this.#book.queues} @open=${open}></effective-rules>
      </div>`;
  }

  #drafted() {
    this.querySelector('policy-tree')?.requestUpdate();
  }

  #go(tab, key) {
    location.hash = key ? `${tab}/${idOf(key)}` : tab;
  }

  /** What we have made ourselves is no news, and is read at once. */
  #done(made) {
    this.made = made;
    this.#edition++;
    if (this.#newsOf === made.answer.revision) this.news = null;
    else this.#own.add(made.answer.revision);
    this.#book.ask();
  }
}

customElements.define('policies-page', PoliciesPage);
