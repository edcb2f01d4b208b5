// One policy: what it sets, what it inherits, and what a supervisor makes of it.
import { html, nothing, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { t } from '../lib/texts.js';
import { rulesOf, same, sweeping } from './rules.js';
import { changed, requestFor } from './draft.js';
import { dispositionsOf, effective, isStale, policyOf } from './book.js';
import { contextOf, idOf } from './key.js';
import { groups, head, quick, refusal, saveBar } from './editor-form.js';
import { Reading } from './reading.js';
import './change-dialog.js';
import './merge-dialog.js';

/** Emits `open` (a key), `made` (what was changed, for the page to tell), `history` and `simulate`. */
class PolicyEditor extends View {
  static properties = {
    key: { attribute: false },
    edition: { attribute: false },
    drafts: { attribute: false },
    readOnly: { attribute: false },
    mayTry: { attribute: false },
    applyToOpen: { state: true },
    dialog: { state: true },
  };

  #reading = new Reading(this);
  #action = new Action(this);
  #units = new Map();
  #allowMissing = false;
  /** The changes that are being made just now. */
  #becoming = null;

  willUpdate(changes) {
    const other = changes.has('key') && idOf(this.key) !== (changes.get('key') && idOf(changes.get('key')));
    if (other) {
      Object.assign(this.#action, { problem: null });
      this.#reading.value = undefined;
      this.#units.clear();
      this.#allowMissing = false;
      this.dialog = null;
    }
    if (other || changes.has('edition')) this.#read();
  }

  #read() {
    const { key } = this;
    return this.#reading.read(async (signal) => {
      const [own, { policy, provenance = {} }, dispositions] =
        await Promise.all([policyOf(key, signal), effective(contextOf(key), signal), dispositionsOf(signal)]);
      return { own, effective: policy, provenance, dispositions };
    });
  }

  /** The version that is being changed: the one that was there when the first change was begun. */
  get #base() {
    return this.#draft ? this.#draft.base : this.#reading.value.own;
  }

  get #draft() {
    return this.drafts.get(idOf(this.key));
  }

  get #changes() {
    return this.#draft?.changes ?? new Map();
  }

  render() {
    const { key, readOnly } = this;
    const { value } = this.#reading;
    const open = (other) => this.#emit('open', other);
    const simulate = () => this.#emit('simulate', { key, base: this.#base, changes: this.#changes });
    return html`
      <section class="card editor" aria-labelledby="policy-name">
        ${head(key, { readOnly, isRead: Boolean(value) }, { open, history: () => this.#emit('history', key), simulate: this.mayTry && simulate })}
        ${this.#reading.failure()}
        ${value ? this.#body(value, open) : this.#reading.busy ? html`<p class="muted" role="status">${t('loading')}</p>` : nothing}
      </section>
      ${this.#dialogs()}`;
  }

  #body({ own, effective: holds, provenance, dispositions }, open) {
    const { key, readOnly } = this;
    const { busy, problem } = this.#action;
    const base = this.#base;
    const changes = this.#changes;
    const stale = this.#draft && (own?.etag ?? '') !== (base?.etag ?? '');
    const applyToOpen = this.applyToOpen ?? false;
    return html`
      ${readOnly ? nothing : quick(key, { own, duration: this.#becoming?.get('duration') ?? holds.duration, busy, applyToOpen, isDrafted: changes.size > 0 }, {
        preset: (duration) => this.#save(new Map([['duration', duration]])),
        applyToOpen: (flag) => { this.applyToOpen = flag; },
        inherit: () => this.#save(new Map(rulesOf(own).map((rule) => [rule, undefined]))),
        toAll: () => this.#ask({ forAll: true }),
      })}
      ${stale ? html`
        <div class="note row" role="status">${t('changed-meanwhile')}
          <button @click=${() => this.#merge()}>${t('compare')}…</button></div>` : nothing}
      ${refusal(key, problem, (flag) => { this.#allowMissing = flag; })}
      ${groups(key, { base, changes, effective: holds, provenance, units: this.#units, problem, dispositions, readOnly }, {
        set: (rule, value, unit) => this.#set(rule, value, unit),
        reset: (rule) => this.#save(new Map([[rule, undefined]])),
        open,
      })}
      ${changes.size ? saveBar(changes.size, busy, {
        discard: () => this.#forget(), preview: () => this.#ask(), save: () => this.#save(changes),
      }) : nothing}`;
  }

  #dialogs() {
    if (!this.dialog) return nothing;
    const close = () => { this.dialog = null; };
    return this.dialog.theirs === undefined
      ? html`<change-dialog .asked=${this.dialog} @close=${close} @stale=${() => this.#merge(this.dialog.changes)}
          @made=${({ detail }) => { close(); this.#done(detail); }}></change-dialog>`
      : html`<merge-dialog .versions=${this.dialog} @close=${close}
          @merged=${({ detail }) => this.#merged(detail)}></merge-dialog>`;
  }

  #set(rule, value, unit) {
    if (unit) this.#units.set(rule, unit);
    const base = this.#base;
    const changes = changed(base, this.#changes, rule, value);
    if (changes.size) this.drafts.set(idOf(this.key), { base, changes });
    else this.drafts.delete(idOf(this.key));
    this.#emit('drafted');
    this.requestUpdate();
  }

  #forget() {
    this.drafts.delete(idOf(this.key));
    this.#action.problem = null;
    this.#emit('drafted');
    this.requestUpdate();
  }

  /** Shows who changes, before anything does. */
  #ask({ forAll = false, changes = this.#changes } = {}) {
    const base = this.#base;
    if (!changes.size) changes = new Map(rulesOf(base).map((rule) => [rule, base[rule]]));
    this.dialog = { key: this.key, base, changes, forAll, applyToOpen: this.applyToOpen ?? false, allowMissing: this.#allowMissing };
  }

  async #save(changes) {
    const base = this.#base;
    const real = new Map([...changes].filter(([rule, value]) => !same(base?.[rule], value)));
    if (!real.size || this.#action.busy) return;
    const key = this.key;
    if (sweeping(key, real)) {
      this.#ask({ changes: real });
      return;
    }
    this.#becoming = real;
    const request = {
      ...requestFor(key, base, real),
      apply_to_open_acws: this.applyToOpen ?? false,
      allow_missing: this.#allowMissing,
    };
    const answer = await this.#action.run('PolicyService/UpdatePolicy', request);
    this.#becoming = null;
    if (answer) this.#done({ key, answer, changes: real });
    else if (isStale(this.#action.problem)) await this.#merge(real);
    else await this.#showWrong();
  }

  /** To the first field that was refused. */
  async #showWrong() {
    await this.updateComplete;
    this.querySelector('[aria-invalid="true"]')?.focus();
  }

  /** Changes that were made are no draft any more; others are, against the new version. */
  #done({ key, answer, changes }) {
    const left = new Map([...this.#changes].filter(([rule]) => !changes.has(rule)));
    const base = answer.policy.etag ? answer.policy : null;
    if (left.size) this.drafts.set(idOf(key), { base, changes: left });
    else this.drafts.delete(idOf(key));
    this.#action.problem = null;
    if (idOf(key) === idOf(this.key)) this.#show(key, base, changes);
    this.#emit('made', { key, answer, changes });
  }

  /** What was set holds at once; what is inherited again, the next reading tells. */
  #show(key, own, changes) {
    const { value } = this.#reading;
    const set = [...changes].filter(([, one]) => one !== undefined);
    this.#reading.value = { ...value, own, effective: { ...value.effective, ...Object.fromEntries(set) },
      provenance: { ...value.provenance, ...Object.fromEntries(set.map(([rule]) => [rule, key])) } };
  }

  /** Somebody else has changed the policy: which version of each rule is it to be? */
  async #merge(changes = this.#changes) {
    const base = this.#base;
    await this.#read();
    if (this.#reading.problem) return;
    this.#action.problem = null;
    this.dialog = { key: this.key, base, changes, theirs: this.#reading.value.own };
  }

  #merged({ theirs, changes }) {
    this.dialog = null;
    this.drafts.delete(idOf(this.key));
    if (changes.size) this.drafts.set(idOf(this.key), { base: theirs, changes });
    this.#emit('drafted');
    this.requestUpdate();
    if (changes.size) this.#save(changes);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define('policy-editor', PolicyEditor);
