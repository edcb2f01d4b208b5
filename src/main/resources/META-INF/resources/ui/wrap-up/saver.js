// Brings what is written to the server: one call at a time, in order, and again until it is answered.
import { NoAnswer, Problem } from '../lib/call.js';
import { acknowledged, begun, changed, met, refused, resolved, restored, sending, unsaved, UNWRITTEN } from './draft.js';
import { complete, passing, read, save, tooLate } from './exchange.js';
import { dueAt, retryIn } from './pace.js';

/** Emits `change` whenever what it shows has changed, and `saved` and `completed` (`detail` is the answer). */
export class Saver extends EventTarget {
  draft;
  /** The follow-up that is being written; it goes out with the completion. */
  promise = null;
  /** `saved`, `promise` (not made yet), `typing`, `saving`, `choose`, `kept` (not saved, because of `problem`), `closed` (nor will it be). */
  state = 'saved';
  problem = null;
  version = null;
  /** Why the server did not let the work end; null if it was not asked, or what is written has changed since. */
  refusal = null;
  /** True from the wish to complete until that is answered. */
  completing = false;
  /** The ACW that is wished to end, '' for work that has ended already; null without that wish. A window before this one may have left it. */
  wish = null;

  #place;
  #interaction;
  #copies;
  #busy = false;
  #running = null;
  #timer;
  #first = null;
  #last = 0;
  #failures = 0;
  /** Whether what stands is not what is known. */
  #stale = false;

  /**
   * @param interaction what a copy has to say beside the draft, to be opened again
   * @param draft etag null: what stands is read before anything is sent
   */
  constructor(agentId, interaction, copies, draft = begun({}, null)) {
    super();
    this.#place = { agent_id: agentId, interaction_id: interaction.interaction_id };
    this.#interaction = interaction;
    this.#copies = copies;
    this.draft = draft;
  }

  get unsaved() {
    return unsaved(this.draft) || this.promise !== null || this.wish !== null;
  }

  change(field, value) {
    this.#write(changed(this.draft, field, value));
  }

  /** A conflict is decided. */
  resolve(field, value) {
    this.#write(resolved(this.draft, field, value));
  }

  writePromise(promise) {
    this.promise = promise;
    this.#write(this.draft);
  }

  /** Goes on with what a window has left behind: this one before its reload, or another. */
  restore(copy) {
    const unknown = this.draft.etag === null;
    this.draft = restored(this.draft, copy.draft);
    // Somebody may have written since; what was not answered comes first.
    this.#stale = unknown && !copy.draft.pending;
    this.promise ??= copy.promise;
    this.wish ??= copy.wish ?? null;
    this.#keep();
    return this.flush();
  }

  /** Reads what stands, unless that is known. */
  async load() {
    if (this.draft.etag === null) await this.#turn(() => this.#read());
  }

  /** Another window has written. */
  async refresh() {
    if (!this.draft.pending) await this.#turn(() => this.#read());
  }

  /** Sends what is written now, without waiting for a pause. */
  flush() {
    clearTimeout(this.#timer);
    return this.#turn(() => this.#send());
  }

  /**
   * Ends the work with all that is written; repeated by itself until it is answered.
   * @param acwId of the work that this is meant for; '' if it has ended already
   */
  async complete(acwId) {
    this.completing = true;
    this.wish = acwId;
    this.refusal = null;
    this.#keep();
    this.#show();
    await this.#running;
    await this.flush();
  }

  /** The work is not to end, or has. */
  settle() {
    this.completing = false;
    this.wish = null;
    this.#keep();
  }

  #write(draft) {
    this.draft = draft;
    this.settle();
    this.refusal = null;
    this.#last = performance.now();
    this.#first ??= this.#last;
    this.#arm(dueAt(this.#first, this.#last) - this.#last);
    this.#show();
  }

  #arm(millis) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), millis);
  }

  /** One at a time; whoever comes meanwhile has his turn by what is left to do. */
  #turn(work) {
    if (!this.#busy) this.#running = this.#run(work);
    return this.#running;
  }

  async #run(work) {
    this.#busy = true;
    this.#show();
    let again;
    try {
      await work();
      this.#failures = 0;
      this.problem = null;
      again = this.#left();
    } catch (failure) {
      again = this.#failed(failure);
    } finally {
      this.#busy = false;
    }
    this.#keep();
    if (again !== null) this.#arm(again);
    this.#show();
  }

  /** After how many milliseconds to send what has come meanwhile; null if nothing has. */
  #left() {
    if (this.draft.conflicts.length || !(this.completing || unsaved(this.draft))) return null;
    return this.completing || this.#first === null ? 0 : dueAt(this.#first, this.#last) - performance.now();
  }

  async #send() {
    try {
      await this.#sendOnce();
    } catch (failure) {
      if (failure.title !== 'STALE_ETAG') throw failure;
      this.#stale = true;
      await this.#sendOnce();
    }
  }

  async #sendOnce() {
    if (this.draft.pending && !this.#stale) await this.#save();
    if (this.draft.etag === null || this.#stale) await this.#read();
    if (this.draft.conflicts.length) return;
    if (this.completing) await this.#complete();
    if (unsaved(this.draft)) await this.#save();
  }

  async #read() {
    const { wrapUp, etag, version } = await read(this.#place);
    this.draft = met(this.draft, wrapUp, etag);
    this.version = version;
    this.#stale = false;
  }

  async #save() {
    this.draft = sending(this.draft, crypto.randomUUID());
    this.#first = null;
    this.#keep();
    try {
      this.version = await save(this.#place, this.draft.pending);
      this.draft = acknowledged(this.draft, this.version.etag);
    } catch (failure) {
      // Too late is no harm where what stands says the same: then it was the answer that was lost.
      if (!tooLate(failure)) throw failure;
      await this.#read();
      if (unsaved(this.draft)) throw failure;
    }
    this.dispatchEvent(new Event('saved'));
  }

  async #complete() {
    const { draft: { mine, etag }, promise } = this;
    this.#first = null;
    try {
      const answer = await complete(this.#place, mine, etag, promise ? [promise] : []);
      if (this.promise === promise) this.promise = null;
      this.settle();
      this.draft = { ...this.draft, base: mine, etag: answer.wrap_up_etag || UNWRITTEN };
      this.dispatchEvent(new CustomEvent('completed', { detail: answer }));
    } catch (failure) {
      if (failure instanceof NoAnswer && unsaved(this.draft)) this.draft = sending(this.draft, crypto.randomUUID());
      if (failure instanceof NoAnswer || failure.title === 'STALE_ETAG' || passing(failure)) throw failure;
      this.settle();
      this.refusal = failure;
    }
  }

  /** Returns after how many milliseconds to try again; null if only another content helps. */
  #failed(failure) {
    if (!(failure instanceof NoAnswer || failure instanceof Problem)) throw failure;
    if (failure.title === 'STALE_ETAG') {
      this.#stale = true;
      return 0;
    }
    this.problem = failure;
    if (failure instanceof NoAnswer) return retryIn(++this.#failures);
    if (passing(failure)) return retryIn(++this.#failures, failure.retry_after_ms);
    this.draft = refused(this.draft);
    this.settle();
    return null;
  }

  /** Kept here for as long as the server has not acknowledged it. */
  #keep() {
    const { interaction_id: id } = this.#place;
    const { draft, promise, wish } = this;
    if (this.unsaved) this.#copies.keep(id, { interaction: this.#interaction, draft, promise, wish });
    else this.#copies.forget(id);
  }

  #show() {
    if (tooLate(this.problem)) this.state = 'closed';
    else if (this.problem) this.state = 'kept';
    else if (this.draft.conflicts.length) this.state = 'choose';
    else if (this.#busy) this.state = 'saving';
    else if (unsaved(this.draft)) this.state = 'typing';
    else this.state = this.promise ? 'promise' : 'saved';
    this.dispatchEvent(new Event('change'));
  }
}
