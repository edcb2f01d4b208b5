// Why an agent is not ready: codes as reports and routers see them, and their names for people.
import { has, t } from './texts.js';

/** Those that are offered. */
export const REASONS = ['BREAK', 'LUNCH', 'MEETING', 'TRAINING', 'BACK_OFFICE'];

/** What people read for a code; for a tenant's own, the code. */
export function reasonName(reason) {
  const key = `reason.${reason}`;
  return has(key) ? t(key) : reason;
}
