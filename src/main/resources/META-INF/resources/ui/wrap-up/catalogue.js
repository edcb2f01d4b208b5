// The dispositions of the tenant: what may be chosen where, and what a code was called.
import { call } from '../lib/call.js';
import { pathOf } from './disposition-tree.js';

const PATH = 'DispositionService/ListDispositions';

export class Catalogue {
  #all = null;
  #byCode = new Map();
  #choosable = new Map();

  /** Whether there is one; without it every code is taken. Known once `load` has ended. */
  get empty() {
    return this.#all?.length === 0;
  }

  async load() {
    this.#all = (await call(PATH)).dispositions ?? [];
    this.#byCode = new Map(this.#all.map((disposition) => [disposition.code, disposition]));
  }

  /** What may be chosen after an interaction of this queue by an agent of this team; asked anew each time. */
  async choosable(teamId, queueId) {
    const place = JSON.stringify([teamId, queueId]);
    const { dispositions = [] } = await call(PATH, { choosable_in: { team_id: teamId, queue_id: queueId } });
    this.#choosable.set(place, dispositions);
    return dispositions;
  }

  /** What was said the last time, to be shown meanwhile. */
  remembered(teamId, queueId) {
    return this.#choosable.get(JSON.stringify([teamId, queueId])) ?? null;
  }

  /** How a code reads, from the top of the tree; the code itself of one that is gone. */
  label(code) {
    return pathOf(this.#byCode, code).map(({ label }) => label).join(' › ') || code;
  }

  /** Whether nobody can choose it any more. */
  retired(code) {
    if (!this.#all || this.empty) return false;
    const path = pathOf(this.#byCode, code);
    return path.length === 0 || path.some(({ active }) => active === false);
  }
}
