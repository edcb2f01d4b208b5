// The work of one agent that this window knows of, and what is being written about it.
import { Feed } from '../lib/feed.js';
import { Copies } from './copies.js';
import { Follower } from './follower.js';
import { Item } from './item.js';

/** While somebody types, nothing is put in front of it; in milliseconds after the last key. */
const TYPING = 3_000;

/**
 * Emits `change` when what it shows has changed, and with `detail.item`: `began`, `moved`, `ending`, `ended`, `completed`
 * (with the `answer`), `explained` (why a supervisor ended it), `closed`; `due` when a follow-up is due; and `open-customer` with a `customer`.
 */
export class Desk extends EventTarget {
  agentId;
  feed;
  copies;
  /** The work, by its interaction, in the order in which it came. */
  items = new Map();
  shown = null;

  #follower;
  #left = [];
  #others = new BroadcastChannel('aftercall.wrap-up');
  #typed = -Infinity;

  constructor(tenant, agentId, windowId) {
    super();
    this.agentId = agentId;
    this.copies = new Copies(tenant, agentId, windowId);
    this.feed = new Feed({ agent_ids: [agentId] });
    this.#follower = new Follower(this);
    this.#others.onmessage = ({ data }) => this.#savedElsewhere(data);
  }

  get agent() {
    return this.feed.agents.get(this.agentId);
  }

  get item() {
    return this.items.get(this.shown) ?? null;
  }

  /** Whether something that is written is kept nowhere. */
  get losing() {
    return this.copies.problem !== null && [...this.items.values()].some(({ saver }) => saver.unsaved);
  }

  /** Work that has ended before what was promised in it was made. */
  get promising() {
    return [...this.items.values()].filter(({ late, saver }) => late && saver.promise !== null);
  }

  async open() {
    this.feed.open();
    this.#left = await this.copies.left();
    for (const left of this.#left) {
      const { interactionId: id, copy } = left;
      this.#restore(this.items.get(id) ?? this.add({ ...copy.interaction, drafted: true }), left);
    }
    this.changed();
  }

  show(interactionId) {
    this.shown = interactionId;
    this.changed();
  }

  /** Shows what has just begun, unless somebody is writing about something else. */
  offer(item) {
    if (!this.item || performance.now() - this.#typed > TYPING) this.shown = item.id;
  }

  /** Somebody is writing into what is shown. */
  typed() {
    this.#typed = performance.now();
  }

  /** A wrap-up that is to be completed; the list that it is from may have been read before the last words of it. */
  openLate(record) {
    const item = this.items.get(record.interaction_id) ?? this.add(record, record);
    item.saver.refresh();
    this.show(record.interaction_id);
  }

  /** @param record what stands, if it has been read */
  add(interaction, record = null) {
    const item = new Item(this.agentId, interaction, this.copies, record);
    this.items.set(item.id, item);
    item.addEventListener('change', () => this.changed());
    item.saver.addEventListener('saved', () => this.#others.postMessage({ agentId: this.agentId, id: item.id, etag: item.saver.draft.etag }));
    item.saver.addEventListener('completed', ({ detail }) => this.#complete(item, detail));
    const left = this.#left.find(({ interactionId }) => interactionId === item.id);
    if (left) this.#restore(item, left);
    else item.saver.load();
    this.shown ??= item.id;
    return item;
  }

  close(item) {
    this.items.delete(item.id);
    if (this.shown === item.id) this.shown = [...this.items.keys()].at(-1) ?? null;
    this.tell('closed', item);
    this.changed();
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

  openCustomer(customer) {
    this.dispatchEvent(new CustomEvent('open-customer', { detail: { customer } }));
  }

  tell(type, item, more = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail: { item, ...more } }));
  }

  changed() {
    this.dispatchEvent(new Event('change'));
  }

  #restore(item, left) {
    this.#left = this.#left.filter((one) => one !== left);
    item.word = { key: 'word.restored' };
    item.saver.restore(left.copy);
    if (this.#follower.told) item.resume();
    if (left.windowId !== this.copies.windowId) this.copies.forget(left.interactionId, left.windowId);
  }

  #savedElsewhere({ agentId, id, etag }) {
    const item = agentId === this.agentId && this.items.get(id);
    if (item && item.saver.draft.etag !== etag) item.saver.refresh();
  }

  #complete(item, answer) {
    this.#follower.completed(item);
    this.tell('completed', item, { answer });
    this.close(item);
  }
}
