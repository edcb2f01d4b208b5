// What was ever changed: who, when, from what to what, and the way back.
import { html, nothing, View } from '../lib/view.js';
import { call } from '../lib/call.js';
import { t } from '../lib/texts.js';
import { policyOf } from './book.js';
import { diff } from './draft.js';
import { keyOf, mayChange } from './key.js';
import { keyText, momentText, plural, ruleText, valueText } from './words.js';
import { Reading } from './reading.js';
import './change-dialog.js';

const PAGE = 50;

/** Emits `open` (a key), `all` and `made`. `key` is null for all policies. */
class PolicyHistory extends View {
  static properties = {
    key: { attribute: false },
    edition: { attribute: false },
    session: { attribute: false },
    asked: { state: true },
  };

  #reading = new Reading(this);
  #asking = new Reading(this);
  #pages = 1;

  willUpdate(changed) {
    if (changed.has('key')) this.#pages = 1;
    if (changed.has('key') || changed.has('edition')) this.#read();
  }

  #read() {
    const { key } = this;
    const pages = this.#pages;
    return this.#reading.read(async (signal) => {
      const found = [];
      let token = '';
      for (let page = 0; page < pages && (page === 0 || token); page++) {
        const answer = await call('PolicyService/ListPolicyRevisions', { ...key, page_size: PAGE, page_token: token }, { signal });
        found.push(...(answer.revisions ?? []));
        token = answer.next_page_token;
      }
      return { found, more: Boolean(token) };
    });
  }

  render() {
    const { found = [], more } = this.#reading.value ?? {};
    return html`
      <section class="card history" aria-labelledby="history-title">
        <div class="row">
          <h2 id="history-title">${t('history')}${this.key ? ` · ${keyText(this.key)}` : ''}</h2>
          ${this.key ? html`<button class="push" @click=${() => this.#emit('all')}>${t('history.all')}</button>` : nothing}
        </div>
        ${this.#reading.failure()}${this.#asking.failure()}
        ${this.#reading.value && !found.length ? html`<p class="muted">${t('history.none')}</p>` : nothing}
        ${!this.#reading.value && this.#reading.busy ? html`<p class="muted" role="status">${t('loading')}</p>` : nothing}
        <ol>${found.map((revision) => this.#revision(revision))}</ol>
        ${more ? html`<button @click=${() => { this.#pages++; this.#read(); }}>${t('history.older')}</button>` : nothing}
      </section>
      ${this.asked ? html`<change-dialog .asked=${this.asked} @close=${() => { this.asked = null; }}
        @stale=${() => this.#ask(this.asked.of)}
        @made=${({ detail }) => { this.asked = null; this.#emit('made', detail); }}></change-dialog>` : nothing}`;
  }

  #revision(revision) {
    const key = keyOf(revision);
    const { reset_rules: reset = [], rolled_back_to_revision: back } = revision;
    return html`
      <li data-revision=${revision.revision}>
        <div class="row">
          <time datetime=${revision.change_time}>${momentText(revision.change_time)}</time>
          <b>${revision.actor}</b>
          <button class="link" @click=${() => this.#emit('open', key)}>${keyText(key)}</button>
          <span class="muted">${plural('history.agents', revision.affected_agents_count)}</span>
          ${mayChange(this.session, key) ? html`
            <button class="push" @click=${() => this.#ask(revision)}
              aria-label="${t('rollback')}: ${keyText(key)}, ${momentText(revision.change_time)}">${t('rollback')}…</button>` : nothing}
        </div>
        ${back === undefined ? nothing : html`<p class="small">${t('history.back')}</p>`}
        <ul class="diff">
          ${reset.length || diff(revision.before, revision.after).length ? nothing : html`<li class="muted">${t('history.same')}</li>`}
          ${diff(revision.before, revision.after).map(({ rule, before, after }) => html`
            <li>${ruleText(rule)}: <del>${valueText(rule, before)}</del> → <ins>${valueText(rule, after)}</ins></li>`)}
          ${reset.length ? html`
            <li>${plural('history.reset', revision.narrower_reset_count)}: ${reset.map(ruleText).join(', ')}
              ${revision.reset_taken_back ? html`<span class="chip">${t('history.taken-back')}</span>` : nothing}</li>` : nothing}
        </ul>
      </li>`;
  }

  /** The way back leads to before a change, and is shown before it is gone. */
  #ask(revision) {
    const key = keyOf(revision);
    return this.#asking.read(async (signal) => {
      const base = await policyOf(key, signal);
      this.asked = { key, base, of: revision, revision: String(BigInt(revision.revision) - 1n), moment: momentText(revision.change_time) };
    });
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define('policy-history', PolicyHistory);
