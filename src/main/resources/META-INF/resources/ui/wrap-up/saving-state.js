// How far what is written is on its way. Pure but for the language.
import { NoAnswer } from '../lib/call.js';
import { why } from '../lib/refusal.js';
import { parts, t } from '../lib/texts.js';

/** What to say about a saver, for people, as a template takes it. */
export function savingState({ state, problem, version, completing }, copyProblem) {
  if (state === 'kept' || state === 'closed') {
    const because = problem instanceof NoAnswer ? t('why.no-answer') : why(problem);
    const where = copyProblem ? 'nowhere' : state;
    return parts(completing ? 'saving.completing' : `saving.${where}`, { why: because });
  }
  if (copyProblem && state !== 'saved') return t('saving.no-copy');
  return state === 'saved' && !version ? t('saving.nothing') : t(`saving.${state}`);
}
