// What the server tells of an agent's work, taken over to the desk.
import { forceReason } from './ended.js';
import { moved } from './timing.js';

const CAUSE = 'AGENT_STATE_CHANGE_CAUSE_';

/** What is said when a deadline moves, by the cause. */
const WORDS = { POLICY_APPLIED: 'word.policy', ACW_SHORTENED: 'word.pressure', ACW_EXTENDED: 'word.extended' };

export class Follower {
  #desk;
  /** The last change about each interaction that has not been taken over yet. */
  #changes = new Map();
  /** Completed by this window, and perhaps still open in what the server has told. */
  #completed = new Set();
  /** Whether the server has told which work is open. */
  told = false;

  constructor(desk) {
    this.#desk = desk;
    desk.feed.addEventListener('event', ({ detail }) => this.#hear(detail));
    desk.feed.addEventListener('change', () => this.#follow());
    desk.feed.addEventListener('state', () => desk.changed());
  }

  completed(item) {
    this.#completed.add(item.id);
  }

  #hear(change) {
    this.#changes.set(change.interaction_id, change);
    if (change.cause === `${CAUSE}ACW_ENDING`) this.#desk.items.get(change.interaction_id)?.warn(this.#desk);
    if (change.cause === `${CAUSE}FOLLOW_UP_DUE`) this.#desk.tell('due', null);
  }

  #follow() {
    const desk = this.#desk;
    const { interactions = [], acws = [] } = desk.agent ?? {};
    const open = new Map(acws.filter((acw) => acw.visible).map((acw) => [acw.interaction.interaction_id, acw]));
    const live = new Map(interactions.map((interaction) => [interaction.interaction_id, interaction]));
    for (const id of this.#completed) if (!open.has(id)) this.#completed.delete(id);
    for (const [id, acw] of open) if (!this.#completed.has(id)) this.#work(acw, this.#item(acw.interaction));
    for (const interaction of live.values()) this.#item(interaction).live = true;
    for (const item of [...desk.items.values()]) {
      if (item.acw && !open.has(item.id)) this.#end(item);
      else if (item.live && !live.has(item.id)) this.#hangUp(item);
    }
    this.#changes.clear();
    this.told = true;
    for (const item of desk.items.values()) item.resume();
    desk.changed();
  }

  #item(interaction) {
    const item = this.#desk.items.get(interaction.interaction_id) ?? this.#desk.add(interaction);
    item.interaction = { ...item.interaction, ...interaction };
    return item;
  }

  #work(acw, item) {
    const before = item.acw;
    Object.assign(item, { acw, live: false });
    if (!before) {
      item.ended = null;
      this.#desk.offer(item);
      this.#desk.tell('began', item);
    } else if (before.deadline_time !== acw.deadline_time || before.paused !== acw.paused) {
      this.#move(item, before, acw);
    }
  }

  #move(item, before, acw) {
    const cause = this.#changes.get(item.id)?.cause.slice(CAUSE.length);
    const by = moved(before, acw);
    item.warned = false;
    if (by && WORDS[cause]) item.word = { key: `${WORDS[cause]}.${by > 0 ? 'more' : 'less'}`, by: Math.abs(by) };
    if (cause === 'POLICY_APPLIED') item.learnRules();
    this.#desk.tell('moved', item);
  }

  /** By a time-out, a supervisor, another window. What is typed is saved, and the agent is told what has happened. */
  async #end(item) {
    const change = this.#changes.get(item.id);
    item.ended = { reason: change?.end_reason ?? 'ACW_END_REASON_UNSPECIFIED', time: change?.change_time ?? item.acw.deadline_time };
    const { acw_id: acwId } = item.acw;
    item.acw = null;
    this.#desk.tell('ended', item);
    if (item.ended.reason === 'ACW_END_REASON_FORCED') this.#explain(item, acwId);
    await item.saver.flush();
    await item.saver.refresh();
    const missing = item.saver.version?.status === 'WRAP_UP_STATUS_INCOMPLETE';
    const elsewhere = item.ended.reason === 'ACW_END_REASON_COMPLETED';
    if (item.late && !item.saver.unsaved && (elsewhere || !missing && !item.touched)) this.#desk.close(item);
    this.#desk.changed();
  }

  async #explain(item, acwId) {
    item.ended.why = await forceReason(item.agentId, acwId, item.ended.time);
    if (!item.ended.why) return;
    this.#desk.tell('explained', item);
    this.#desk.changed();
  }

  /** A call for which there is no ACW. */
  async #hangUp(item) {
    item.live = false;
    await item.saver.flush();
    if (item.late && !item.touched && !item.saver.unsaved) this.#desk.close(item);
  }
}
