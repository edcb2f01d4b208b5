// The policies of tenant, teams and queues, and whether anybody has changed any.
import { call, NoAnswer, Problem } from '../lib/call.js';
import { all, queuesSeen } from './names.js';

/**
 * There is no stream of policies: the last line of their history is asked for, which is small, every so many
 * milliseconds and whenever somebody comes back to the page.
 */
const PACE = 10_000;

/** The policy, or null if there is none. */
export async function policyOf(key, signal) {
  try {
    return (await call('PolicyService/GetPolicy', key, { signal })).policy;
  } catch (failure) {
    if (failure instanceof Problem && failure.title === 'POLICY_NOT_FOUND') return null;
    throw failure;
  }
}

/** Whether a change was refused because somebody else was first. */
export function isStale(problem) {
  return problem?.title === 'STALE_ETAG';
}

/** The rules of a context, each with what gave it. */
export function effective(context, signal) {
  return call('PolicyService/GetEffectivePolicy', context, { signal });
}

/** What can be chosen in the tenant's catalogue, as code and label; a tenant without one takes every code. */
export async function dispositionsOf(signal) {
  const { dispositions = [] } = await call('DispositionService/ListDispositions', {}, { signal });
  return dispositions.filter(({ active, group }) => active && !group).map(({ code, label }) => [code, label]);
}

/**
 * Emits `change` when any policy has, with the last revision as `detail` (null if its policy is not for this user to
 * see), and `state` as a feed does.
 */
export class Book extends EventTarget {
  policies = [];
  teams = [];
  #queuesSeen = [];
  state = 'connecting';
  since = null;
  problem = null;

  #seen;
  #told;
  #timer;
  #asking;

  open() {
    const back = () => document.visibilityState === 'visible' && this.ask();
    document.addEventListener('visibilitychange', back);
    window.addEventListener('focus', back);
    return this.ask();
  }

  /** Looks whether anything has changed, now; one who waits for it sees what there was when he asked. */
  async ask() {
    const before = this.#asking;
    const own = (this.#asking = (async () => {
      await before;
      clearTimeout(this.#timer);
      await this.#look();
      this.#timer = setTimeout(() => this.ask(), PACE);
    })());
    await own;
  }

  async #look() {
    try {
      const { revisions = [], next_page_token: token } = await call('PolicyService/ListPolicyRevisions', { page_size: 1 });
      const seen = `${revisions[0]?.revision} ${token}`;
      const first = this.#seen === undefined;
      if (seen !== this.#seen) {
        const scopes = ['POLICY_SCOPE_TENANT', 'POLICY_SCOPE_TEAM', 'POLICY_SCOPE_QUEUE'];
        this.policies = await all('PolicyService/ListPolicies', { scopes }, 'policies');
        this.#seen = seen;
      }
      this.problem = null;
      this.#become('live', null);
      if (first) {
        this.#findTeams();
        this.#findQueues();
      }
      if (first || seen !== this.#told) {
        this.#told = seen;
        this.dispatchEvent(new CustomEvent('change', { detail: first ? undefined : revisions[0] ?? null }));
      }
    } catch (failure) {
      if (!(failure instanceof NoAnswer || failure instanceof Problem)) throw failure;
      this.problem = failure instanceof Problem ? failure : null;
      this.#become('reconnecting', this.since ?? performance.now());
    }
  }

  /** The teams that agents are of, which only the list of agents tells; read once. */
  async #findTeams() {
    try {
      const agents = await all('AgentService/ListAgents', {}, 'agents');
      this.teams = [...new Set(agents.map((agent) => agent.team_id).filter(Boolean))].sort();
      this.dispatchEvent(new Event('state'));
    } catch (failure) {
      if (!(failure instanceof NoAnswer || failure instanceof Problem)) throw failure;
      this.#seen = undefined;
    }
  }

  /** Those that have rules, and those that anything came through of late. */
  get queues() {
    const ruled = this.policies.filter(({ scope }) => scope === 'POLICY_SCOPE_QUEUE').map(({ scope_id: id }) => id);
    return [...new Set([...ruled, ...this.#queuesSeen])].sort();
  }

  /** Read once; without them the page knows fewer names. */
  async #findQueues() {
    try {
      this.#queuesSeen = await queuesSeen();
      this.dispatchEvent(new Event('state'));
    } catch (failure) {
      if (!(failure instanceof NoAnswer || failure instanceof Problem)) throw failure;
    }
  }

  #become(state, since) {
    if (this.state === state) return;
    this.state = state;
    this.since = since;
    this.dispatchEvent(new Event('state'));
  }
}
