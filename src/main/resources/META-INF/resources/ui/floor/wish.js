// What the floor is to show, as its address says it: a wall is a bookmark. Pure.
import { STATUSES } from './selection.js';

/** What can be chosen of each, the first unless the address says otherwise. */
export const CHOICES = {
  group: ['none', 'team', 'queue'],
  sort: ['status', 'name', 'longest'],
  view: ['grid', 'list'],
};

const PREFIX = 'AGENT_STATUS_';

/** @param search as `?status=after_call_work,resting&group=queue&find=vip`; what it has beside that is not read */
export function readWish(search) {
  const asked = new URLSearchParams(search);
  const wish = { text: asked.get('find') ?? '' };
  const statuses = (asked.get('status') ?? '').toUpperCase().split(',').map((status) => PREFIX + status);
  wish.statuses = new Set(statuses.filter((status) => STATUSES.includes(status)));
  for (const [name, values] of Object.entries(CHOICES)) wish[name] = values.includes(asked.get(name)) ? asked.get(name) : values[0];
  return wish;
}

/** The address's query for a wish; what is as it is anyway is left out. */
export function writeWish(wish) {
  const asked = new URLSearchParams();
  if (wish.text) asked.set('find', wish.text);
  for (const [name, [usual]] of Object.entries(CHOICES)) if (wish[name] !== usual) asked.set(name, wish[name]);
  // Commas, so that people can read and write it.
  const statuses = [...wish.statuses].map((status) => status.slice(PREFIX.length).toLowerCase()).join(',');
  const search = [statuses && `status=${statuses}`, asked.toString()].filter(Boolean).join('&');
  return search ? `?${search}` : '';
}
