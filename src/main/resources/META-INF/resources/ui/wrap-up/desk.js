// The agent's work as the server tells it, and what is being written about it.
import { Feed } from '../lib/feed.js';
import { Copies } from './copies.js';
import { Item } from './item.js';
import { moved } from './timing.js';

/** While somebody types, nothing is put in front of it; in milliseconds after the last key. */
const TYPING = 3_000;

const WORDS = {
  AGENT_STATE_CHANGE_CAUSE_POLICY_APPLIED: 'word.policy',
  AGENT_STATE_CHANGE_CAUSE_ACW_SHORTENED: 'word.pressure',
  AGENT_STATE_CHANGE_CAUSE_ACW_EXTENDED: 'word.extended',
};

/**
 * Emits `change` when what it shows has changed, and with the item as `detail.item`: `began`, `moved`, `ending`, `ended`,
 * `completed` (with the `answer`), and `due` when a follow-up is due.
 */
export class Desk extends EventTarget {
  agentId;
  feed;
  /** The work, by its interaction, in the order in which it came. */
  items = new Map();
  shown = null;
  copies;

  #causes = new Map();
  #completed = new Set();
  #left = [];
  #others = new BroadcastChannel('aftercall.wrap-up');
  #typed = -Infinity;

  constructor(tenant, agentId, windowId) {
    super();
    this.agentId = agentId;
    this.copies = new Copies(tenant, agentId, windowId);
    this.feed = new Feed({ agent_ids: [agentId] });
    this.feed.addEventListener('event', ({ detail }) => this.#happened(detail));
    this.feed.addEventListener('change', () => this.#follow());
    this.feed.addEventListener('state', () => this.#changed());
    this.#others.onmessage = ({ data }) => this.#savedElsewhere(data);
  }

  get agent() {
    return this.feed.agents.get(this.agentId);
  }

  get item() {
    return this.items.get(this.shown) ?? null;
  }

  async open() {
    this.feed.open();
    this.#left = await this.copies.left();
    for (const left of this.#left) {
      const item = this.items.get(left.interactionId) ?? this.#add(new Item(this.agentId, { ...left.copy.interaction, drafted: true }, this.copies));
      this.#restore(item, left);
    }
    this.#changed();
  }

  show(interactionId) {
    this.shown = interactionId;
    this.#changed();
  }

  /** A wrap-up that is to be completed. */
  openLate(record) {
    if (!this.items.has(record.interaction_id)) this.#add(new Item(this.agentId, record, this.copies, record));
    this.show(record.interaction_id);
  }

  close(item) {
    this.items.delete(item.id);
    if (this.shown === item.id) this.shown = [...this.items.keys()].at(-1) ?? null;
    this.#changed();
  }

  /** What can be saved no more is thrown away, by the agent's own wish. */
  discard(item) {
    this.copies.forget(item.id);
    this.close(item);
  }

  /** Sends what is written now. */
  flush() {
    for (const { saver } of this.items.values()) saver.flush();
  }

  /** Whether something that is written is kept nowhere. */
  get losing() {
    return this.copies.problem !== null && [...this.items.values()].some(({ saver }) => saver.unsaved);
  }

  /** The time of an item is nearly over. */
  ending(item) {
    this.#tell('ending', item);
  }

  openCustomer(customer) {
    this.dispatchEvent(new CustomEvent('open-customer', { detail: { customer } }));
  }

  /** Somebody is writing into what is shown. */
  typed() {
    this.#typed = performance.now();
  }

  #add(item) {
    this.items.set(item.id, item);
    item.addEventListener('change', () => this.#changed());
    item.saver.addEventListener('saved', () => this.#others.postMessage({ agentId: this.agentId, id: item.id, etag: item.saver.draft.etag }));
    item.saver.addEventListener('completed', ({ detail }) => this.#complete(item, detail));
    const left = this.#left.find(({ interactionId }) => interactionId === item.id);
    if (left) this.#restore(item, left);
    else item.saver.load();
    this.shown ??= item.id;
    return item;
  }

  #restore(item, left) {
    this.#left = this.#left.filter((one) => one !== left);
    item.word = { key: 'word.restored' };
    item.saver.restore(left.copy);
    this.copies.forget(left.interactionId, left.windowId);
  }

  #savedElsewhere({ agentId, id, etag }) {
    const item = agentId === this.agentId && this.items.get(id);
    if (item && item.saver.draft.etag !== etag) item.saver.refresh();
  }

  #happened(change) {
    this.#causes.set(change.interaction_id, change);
    if (change.cause === 'AGENT_STATE_CHANGE_CAUSE_ACW_ENDING') {
      const item = this.items.get(change.interaction_id);
      if (item && !item.warned) {
        item.warned = true;
        this.ending(item);
      }
    }
    if (change.cause === 'AGENT_STATE_CHANGE_CAUSE_FOLLOW_UP_DUE') this.#tell('due', null, { id: change.follow_up_id });
  }

  #follow() {
    const { interactions = [], acws = [] } = this.agent ?? {};
    const open = new Map(acws.filter((acw) => acw.visible).map((acw) => [acw.interaction.interaction_id, acw]));
    const live = new Map(interactions.map((interaction) => [interaction.interaction_id, interaction]));
    for (const id of this.#completed) if (!open.has(id)) this.#completed.delete(id);
    for (const [id, acw] of open) if (!this.#completed.has(id)) this.#work(id, acw);
    for (const [id, interaction] of live) this.#talk(id, interaction);
    for (const item of [...this.items.values()]) {
      if (item.acw && !open.has(item.id)) this.#end(item);
      else if (item.live && !live.has(item.id)) this.#hangUp(item);
    }
    this.#causes.clear();
    this.#changed();
  }

  #work(id, acw) {
    const item = this.items.get(id) ?? this.#add(new Item(this.agentId, acw.interaction, this.copies));
    const before = item.acw;
    item.acw = acw;
    item.live = false;
    item.interaction = { ...item.interaction, ...acw.interaction };
    if (!before) {
      item.ended = null;
      if (performance.now() - this.#typed > TYPING || !this.item) this.shown = id;
      this.#tell('began', item);
    } else if (before.deadline_time !== acw.deadline_time || before.paused !== acw.paused) {
      this.#move(item, before, acw);
    }
  }

  #move(item, before, acw) {
    const cause = this.#causes.get(item.id)?.cause;
    const by = moved(before, acw);
    item.warned = false;
    if (by && WORDS[cause]) item.word = { key: `${WORDS[cause]}.${by > 0 ? 'more' : 'less'}`, by: Math.abs(by) };
    if (cause === 'AGENT_STATE_CHANGE_CAUSE_POLICY_APPLIED') item.learnRules();
    this.#tell('moved', item);
  }

  #talk(id, interaction) {
    const item = this.items.get(id) ?? this.#add(new Item(this.agentId, interaction, this.copies));
    item.live = true;
    item.interaction = { ...item.interaction, ...interaction };
  }

  /** By a time-out, a supervisor, another window. What is typed is saved, and the agent is told what has happened. */
  async #end(item) {
    const change = this.#causes.get(item.id);
    item.ended = { reason: change?.end_reason ?? 'ACW_END_REASON_UNSPECIFIED', time: change?.change_time ?? item.acw.deadline_time };
    item.acw = null;
    this.#tell('ended', item);
    await item.saver.flush();
    await item.saver.refresh();
    if (!item.late) return;
    const missing = item.saver.version?.status === 'WRAP_UP_STATUS_INCOMPLETE';
    if (item.ended.reason === 'ACW_END_REASON_COMPLETED' ? !item.saver.unsaved : !missing && !item.touched) this.close(item);
    this.#changed();
  }

  async #hangUp(item) {
    item.live = false;
    await item.saver.flush();
    if (item.late && !item.touched && !item.saver.unsaved) this.close(item);
  }

  #complete(item, answer) {
    this.#completed.add(item.id);
    this.#tell('completed', item, { answer });
    this.close(item);
  }

  #tell(type, item, more = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail: { item, ...more } }));
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
