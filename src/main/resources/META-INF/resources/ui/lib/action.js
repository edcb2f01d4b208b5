// What a user has told the server to do: while it is under way nothing is sent twice, and how it went is said.
import { html, nothing } from './view.js';
import { call, NoAnswer } from './call.js';
import { fieldName, whatIsWrong, why } from './refusal.js';
import { t } from './texts.js';

/** One at a time, for a view that draws its buttons by `busy` and shows `failure()`. */
export class Action {
  busy = false;
  problem = null;

  #view;
  #unanswered = null;

  /** @param view is drawn again when the action begins and when it has ended */
  constructor(view) {
    this.#view = view;
  }

  /**
   * Makes a call that changes something. One that was not answered and is sent again unchanged has the id that it had,
   * so that it is carried out once.
   * @returns the answer, or null if it failed, which `failure()` says, or another action is under way
   */
  async run(path, request) {
    const intent = JSON.stringify([path, request]);
    const id = this.#unanswered?.intent === intent ? this.#unanswered.id : crypto.randomUUID();
    return this.attempt(async () => {
      this.#unanswered = { intent, id };
      const answer = await call(path, { ...request, request_id: id });
      this.#unanswered = null;
      return answer;
    });
  }

  /** The same for what is more than one call: runs it and keeps what it failed with. */
  async attempt(work) {
    if (this.busy) return null;
    this.#become(true, null);
    try {
      const answer = await work();
      this.#become(false, null);
      return answer;
    } catch (failure) {
      if (!(failure instanceof NoAnswer)) this.#unanswered = null;
      this.#become(false, failure);
      return null;
    }
  }

  /** What went wrong, for people; nothing if nothing did. */
  failure() {
    return problemView(this.problem);
  }

  #become(busy, problem) {
    this.busy = busy;
    this.problem = problem;
    this.#view.requestUpdate();
  }
}

/** A failure of a call, with each violation of each field. */
export function problemView(problem) {
  if (!problem) return nothing;
  if (problem instanceof NoAnswer) return html`<p class="problem" role="alert">${t('no-answer')}</p>`;
  const violations = problem.violations ?? [];
  return html`
    <div class="problem" role="alert">
      ${violations.length ? html`<ul>${violations.map((one) => html`<li><b>${fieldName(one.field)}</b>: ${whatIsWrong(one)}</li>`)}</ul>` : why(problem)}
    </div>`;
}
