// What a supervisor wants to change in a policy, against what he has seen of it. Pure.
import { maskOf, rulesOf, same } from './rules.js';

/** The changes with one more; undefined is inherited again, and what is as before is no change. */
export function changed(base, changes, rule, value) {
  const next = new Map(changes);
  if (same(base?.[rule], value)) next.delete(rule);
  else next.set(rule, value);
  return next;
}

/** The policy as it would be. */
export function drafted(base, changes) {
  return { ...base, ...Object.fromEntries(changes) };
}

/** The version that has been seen of a policy, which is null if there is none. */
export function seen(policy) {
  return { etag: policy?.etag || 'none' };
}

/**
 * The part of a request that says what changes in which version of the policy.
 * @param base null if there is none yet, undefined for whichever there is
 */
export function requestFor(key, base, changes) {
  const values = Object.fromEntries([...changes].filter(([, value]) => value !== undefined));
  return {
    policy: { ...key, ...values, ...(base !== undefined && seen(base)) },
    update_mask: maskOf([...changes.keys()]),
  };
}

/**
 * Where two have changed the same policy: each rule in which they differ, with what it was. Who alone changed a rule is
 * proposed; where both did, `pick` is null and somebody has to say.
 */
export function differences(base, changes, theirs) {
  const mine = drafted(base, changes);
  const rules = new Set([...rulesOf(base), ...rulesOf(theirs), ...changes.keys()]);
  return [...rules].filter((rule) => !same(mine[rule], theirs?.[rule])).map((rule) => ({
    rule,
    before: base?.[rule],
    theirs: theirs?.[rule],
    mine: mine[rule],
    pick: !changes.has(rule) ? 'theirs' : same(base?.[rule], theirs?.[rule]) ? 'mine' : null,
  }));
}

/** The changes of their version that have been picked. */
export function picked(rows) {
  return new Map(rows.filter(({ pick }) => pick === 'mine').map(({ rule, mine }) => [rule, mine]));
}

/** The rules in which two versions of a policy differ. */
export function diff(before, after) {
  return [...new Set([...rulesOf(before), ...rulesOf(after)])]
    .filter((rule) => !same(before?.[rule], after?.[rule]))
    .map((rule) => ({ rule, before: before?.[rule], after: after?.[rule] }));
}
