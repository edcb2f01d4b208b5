// One policy: what it sets, what it inherits, and what a supervisor makes of it.
import { html, nothing, View } from '../lib/view.js';
import { Action, problemView } from '../lib/action.js';
import { name, t } from '../lib/texts.js';
import { belongs, GROUPS, PRESETS, rulesOf, same } from './rules.js';
import { changed, drafted, requestFor } from './draft.js';
import { durationOf, secondsOf, spanText } from './durations.js';
import { effective, policyOf } from './book.js';
import { CHANNELS, contextOf, DIRECTIONS, idOf, keyOf, withConditions } from './key.js';
import { field } from './field.js';
import { keyText, plural } from './words.js';
import { Reading } from './reading.js';
import './change-dialog.js';
import './merge-dialog.js';

const FORM = 'policy.';

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
      const [own, { policy, provenance = {} }] = await Promise.all([policyOf(key, signal), effective(contextOf(key), signal)]);
      return { own, effective: policy, provenance };
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
    const { value } = this.#reading;
    return html`
      <section class="card editor" aria-labelledby="policy-name">
        ${this.#head()}
        ${this.#reading.failure()}
        ${value ? this.#body(value) : this.#reading.busy ? html`<p class="muted" role="status">${t('loading')}</p>` : nothing}
      </section>
      ${this.#dialogs()}`;
  }

  #head() {
    const { channel = '', direction = '' } = this.key.conditions ?? {};
    const go = (nextChannel, nextDirection) => this.#emit('open', withConditions(this.key, nextChannel, nextDirection));
    const choice = (label, values, value, chosen) => html`
      <label class="check">${t(label)}
        <select @change=${({ target }) => chosen(['', ...values][target.selectedIndex])}>
          ${['', ...values].map((one) => html`<option .selected=${one === value}>${one ? name(one) : t(`${label}.all`)}</option>`)}
        </select></label>`;
    return html`
      <header class="row">
        <h2 id="policy-name">${keyText(this.key)}</h2>
        ${choice('channel', CHANNELS, channel, (one) => go(one, direction))}
        ${choice('direction', DIRECTIONS, direction, (one) => go(channel, one))}
        <span class="push row">
          ${this.mayTry ? html`<button @click=${() => this.#emit('simulate', { key: this.key, base: this.#base, changes: this.#changes })}
            ?disabled=${!this.#reading.value}>${t('simulate')}…</button>` : nothing}
          <button @click=${() => this.#emit('history', this.key)}>${t('history')}</button>
        </span>
      </header>
      <p class="muted explained">${t(`explained.${this.key.scope}`)}</p>
      ${this.readOnly ? html`<p class="note">${t('read-only')}</p>` : nothing}`;
  }

  #body(value) {
    const { own } = value;
    const stale = this.#draft && (own?.etag ?? '') !== (this.#draft.base?.etag ?? '');
    const busy = this.#action.busy;
    return html`
      ${this.readOnly ? nothing : html`
        <div class="row" role="group" aria-label=${t('presets')}>
          <span class="label">${t('presets')}</span>
          ${PRESETS.map((seconds) => html`
            <button class="preset number" aria-pressed=${secondsOf(value.effective.duration) === seconds} aria-disabled=${busy}
              @click=${() => this.#save(new Map([['duration', durationOf(seconds)]]))}>${spanText(durationOf(seconds))}</button>`)}
        </div>
        <div class="row">
          <label class="check"><input type="checkbox" .checked=${this.applyToOpen ?? false}
            @change=${({ target }) => { this.applyToOpen = target.checked; }}> ${t('apply-to-open')}</label>
          <span class="push row">
            <button ?disabled=${!own} @click=${() => this.#save(new Map(rulesOf(own).map((rule) => [rule, undefined])))}>${t('reset.all')}</button>
            <button class="main" ?disabled=${!own && !this.#changes.size} @click=${() => this.#ask(true)}>${t(`to-all.${this.key.scope}`)}…</button>
          </span>
        </div>`}
      ${stale ? html`
        <div class="note row" role="status">${t('changed-meanwhile')}
          <button @click=${() => this.#merge()}>${t('compare')}…</button></div>` : nothing}
      ${this.#problem()}
      ${GROUPS.map(([group, rules]) => this.#group(group, rules.filter((rule) => belongs(rule, this.key)), value))}
      ${this.#changes.size ? this.#saveBar() : nothing}`;
  }

  /** What was refused as a whole; what is wrong with a field stands beside the field. */
  #problem() {
    const problem = this.#action.problem;
    const others = problem?.violations?.filter(({ field: where }) => !this.#ruleAt(where));
    if (!problem || (others && !others.length)) return nothing;
    const missing = others?.some(({ field: where }) => where === `${FORM}scope_id`);
    return html`
      ${problemView(others ? { message: problem.message, violations: others } : problem)}
      ${missing ? html`
        <label class="check"><input type="checkbox" @change=${({ target }) => { this.#allowMissing = target.checked; }}>
          ${t('allow-missing')}</label>` : nothing}`;
  }

  #ruleAt(where) {
    const rule = where.startsWith(FORM) ? where.slice(FORM.length) : '';
    return GROUPS.some(([, rules]) => rules.includes(rule)) && belongs(rule, this.key) ? rule : null;
  }

  #group(group, rules, { effective: holds, provenance }) {
    if (!rules.length) return nothing;
    const mine = drafted(this.#base, this.#changes);
    return html`
      <section class="group" aria-labelledby="group-${group}">
        <h3 id="group-${group}">${t(`group.${group}`)}</h3>
        ${rules.map((rule) => {
          const source = provenance[rule];
          const ownSource = source && idOf(keyOf(source)) === idOf(this.key);
          return field(rule, {
            own: mine[rule],
            effective: ownSource && mine[rule] === undefined ? undefined : holds[rule],
            source: ownSource ? undefined : source,
            isChanged: this.#changes.has(rule),
            unit: this.#units.get(rule),
            violation: this.#action.problem?.violations?.find(({ field: where }) => this.#ruleAt(where) === rule)?.description,
            readOnly: this.readOnly,
          }, {
            set: (value, unit) => this.#set(rule, value, unit),
            reset: () => this.#save(new Map([[rule, undefined]])),
            open: (key) => this.#emit('open', key),
          });
        })}
      </section>`;
  }

  #saveBar() {
    return html`
      <div class="save row">
        <b>${plural('changes', this.#changes.size)}</b>
        <span class="push row">
          <button @click=${() => this.#forget()}>${t('discard')}</button>
          <button @click=${() => this.#ask(false)}>${t('preview')}…</button>
          <button class="main" aria-disabled=${this.#action.busy} @click=${() => this.#save(this.#changes)}>${t('save')}</button>
        </span>
      </div>`;
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
  #ask(forAll) {
    const base = this.#base;
    const changes = this.#changes.size ? this.#changes : new Map(rulesOf(base).map((rule) => [rule, base[rule]]));
    this.dialog = { key: this.key, base, changes, forAll, applyToOpen: this.applyToOpen ?? false, allowMissing: this.#allowMissing };
  }

  async #save(changes) {
    const base = this.#base;
    const real = new Map([...changes].filter(([rule, value]) => !same(base?.[rule], value)));
    if (!real.size || this.#action.busy) return;
    const key = this.key;
    const request = {
      ...requestFor(key, base, real),
      apply_to_open_acws: this.applyToOpen ?? false,
      allow_missing: this.#allowMissing,
    };
    const answer = await this.#action.run('PolicyService/UpdatePolicy', request);
    if (answer) this.#done({ key, answer, changes: real, applyToOpen: this.applyToOpen });
    else if (this.#action.problem?.title === 'STALE_ETAG') await this.#merge(real);
  }

  /** Changes that were made are no draft any more; others are, against the new version. */
  #done({ key, answer, changes }) {
    const left = new Map([...this.#changes].filter(([rule]) => !changes.has(rule)));
    const base = answer.policy.etag ? answer.policy : null;
    if (left.size) this.drafts.set(idOf(key), { base, changes: left });
    else this.drafts.delete(idOf(key));
    this.#action.problem = null;
    this.#emit('made', { key, answer });
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
