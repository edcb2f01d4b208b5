// One piece of an agent's work: a live interaction, its ACW, or a wrap-up that is written late.
import { call } from '../lib/call.js';
import { begun, UNWRITTEN } from './draft.js';
import { Saver } from './saver.js';

/** Emits `change`. */
export class Item extends EventTarget {
  interaction;
  /** As long as it is open. */
  acw = null;
  /** How it ended without this window: `reason` and `time`. */
  ended = null;
  /** Whether the server has said that it is about to end. */
  warned = false;
  /** What has happened to it, for people: `key` and `values` of a text. */
  word = null;
  /** The rules for its kind of interaction, once they are known. */
  rules = null;
  saver;
  /** Whether the agent is still talking. */
  live = false;
  /** Whether something was typed into it in this window. */
  touched = false;

  /** @param record what stands, if it has been read; the server is asked later if not */
  constructor(agentId, interaction, copies, record = null) {
    super();
    this.agentId = agentId;
    this.interaction = interaction;
    const stands = record
      ? begun(record.wrap_up ?? {}, record.version.etag)
      : begun({}, interaction.drafted ? null : UNWRITTEN);
    this.saver = new Saver(agentId, interaction, copies, stands);
    this.saver.version = record?.version ?? null;
    this.saver.addEventListener('change', () => this.changed());
    this.learnRules();
  }

  get id() {
    return this.interaction.interaction_id;
  }

  /** A wrap-up that is written after the work has ended. */
  get late() {
    return this.acw === null && !this.live;
  }

  get requiresDisposition() {
    return this.rules?.disposition === 'DISPOSITION_REQUIREMENT_REQUIRED';
  }

  /** Whether it may end now by the agent's wish, as far as the server has told. */
  get completable() {
    return !this.live && this.acw?.mode !== 'ACW_MODE_FIXED';
  }

  /** Ends the work with all that is written. */
  complete() {
    return this.saver.complete(this.acw?.acw_id ?? '');
  }

  /** Done was pressed in a window that is no more and was not answered: that holds for the same work, if it is still open. */
  resume() {
    if (this.saver.wish === null || this.saver.completing) return;
    if (this.saver.wish === (this.acw?.acw_id ?? '')) {
      this.complete();
    } else {
      this.saver.settle();
      this.word = { key: 'word.restored.ended' };
    }
    this.changed();
  }

  /** The rules are asked for to be told beforehand; what holds, the server decides. */
  async learnRules() {
    const { queue_id, channel, direction } = this.interaction;
    try {
      this.rules = (await call('PolicyService/GetEffectivePolicy', { agent_id: this.agentId, queue_id, channel, direction })).policy;
      this.changed();
    } catch {
      // Without them the page says less beforehand, and the server as much afterwards.
      this.rules = null;
    }
  }

  /** Its time is nearly over; said once for each deadline. */
  warn(desk) {
    if (this.warned) return;
    this.warned = true;
    desk.tell('ending', this);
  }

  changed() {
    this.dispatchEvent(new Event('change'));
  }
}
