// How far what is written is on its way. Pure but for the language.
import { NoAnswer } from '../lib/call.js';
import { said } from './refusals.js';
import { t } from '../lib/texts.js';

/** What to say about a saver, for people. */
export function savingState({ state, problem, version, completing }, copyProblem) {
  if (state === 'kept' || state === 'closed') {
    const why = problem instanceof NoAnswer ? t('why.no-answer') : problem.status === 401 ? t('why.signed-out') : said(problem);
    const where = copyProblem ? 'nowhere' : state;
    return t(completing ? 'saving.completing' : `saving.${where}`, { why });
  }
  if (copyProblem && state !== 'saved') return t('saving.no-copy');
  return state === 'saved' && !version ? t('saving.nothing') : t(`saving.${state}`);
}
