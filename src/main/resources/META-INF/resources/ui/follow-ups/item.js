// One follow-up, and what can be done about it.
import { html, nothing, svg, View } from '../lib/view.js';
import { Action } from '../lib/action.js';
import { call } from '../lib/call.js';
import { now } from '../lib/clock.js';
import { name, t } from '../lib/texts.js';
import { DEEDS, deedForm, deedRequest } from './deed-form.js';
import { moment, relative } from './due.js';
import { assignee, offers } from './lists.js';
import './history.js';

const LATE = svg`<path d="M16 3 30 28H2Z" /><path class="cut" d="M16 12v8m0 2v3" />`;
const WAITS = svg`<circle cx="16" cy="16" r="12" /><path class="cut" d="M16 9v8l5 3" />`;
const OVER = svg`<path class="line" d="M5 17l8 8L27 8" />`;

/** Reasons that mean that somebody else was first. */
const OVERTAKEN = ['STALE_ETAG', 'FOLLOW_UP_TAKEN', 'FOLLOW_UP_NOT_FOUND'];

/**
 * Emits `changed` with what the follow-up has become by what was done here, `overtaken` with what others have made of
 * it, and `gone` when they have given it to somebody else.
 */
class FollowUpItem extends View {
  static properties = {
    followUp: { attribute: false }, who: { attribute: false }, overdue: { attribute: false },
    minute: { attribute: false },
    form: { state: true }, conflict: { state: true },
  };

  #action = new Action(this);

  /** As it was when the form was opened: what is typed is not typed over when somebody else has changed it. */
  #begun;
  #opened;

  render() {
    const { followUp, form } = this;
    const { details } = followUp;
    const may = offers(followUp, this.who);
    const open = followUp.state === 'FOLLOW_UP_STATE_OPEN';
    return html`
      <article class="card follow-up ${this.overdue ? 'overdue' : ''}" data-follow-up=${followUp.follow_up_id} aria-label=${this.#title()}>
        <svg viewBox="0 0 32 32" class="shape" aria-hidden="true">${this.overdue ? LATE : open ? WAITS : OVER}</svg>
        <div class="what">
          <h2>${this.#title()}</h2>
          ${details.note ? html`<p class="note">${details.note}</p>` : nothing}
          <p class="facts">${this.#facts()}</p>
        </div>
        <div class="when">
          <b>${open ? (this.overdue ? t('follow-ups.overdue') : t('follow-ups.is-due')) : name(followUp.state)}</b>
          ${open ? html`<span>${relative(Date.parse(details.due_time), now())}</span>` : nothing}
          <time class="muted" datetime=${details.due_time}>${moment(details.due_time)}</time>
        </div>
        <div class="row deeds">${this.#deeds(may)}</div>
        ${this.conflict ? this.#conflict() : this.#action.failure()}
        ${form === 'history' ? html`<follow-up-history .followUp=${followUp}></follow-up-history>` : form ? this.#form() : nothing}
      </article>`;
  }

  #title() {
    const { kind, customer_id: customer } = this.followUp.details;
    return customer ? `${name(kind)} · ${customer}` : name(kind);
  }

  #facts() {
    const { followUp } = this;
    const { kind, id } = assignee(followUp);
    const holder = followUp.holder_agent_id;
    const call = followUp.interaction_id;
    return html`
      <span>${t(`follow-ups.with.${kind}`, { id })}</span>
      ${kind === 'agent' ? nothing : html`<span>${t('follow-ups.promised-by', { id: holder })}</span>`}
      ${call ? html`<a href="/ui/wrap-up.html?agent=${encodeURIComponent(holder)}&interaction=${encodeURIComponent(call)}">${t('follow-ups.interaction', { id: call })}</a>` : nothing}`;
  }

  #deeds({ take, change, reopen, look }) {
    const busy = this.#action.busy;
    const press = (key, act, style = '') => html`<button class=${style} ?disabled=${busy} @click=${act}>${t(`follow-ups.${key}`)}</button>`;
    const toggle = (form) => html`
      <button aria-expanded=${this.form === form} @click=${() => this.#open(form)}>${t(`follow-ups.${form}`)}</button>`;
    return html`
      ${take ? press('take', () => this.#take(), 'main') : nothing}
      ${change ? html`
        ${press('complete', () => this.#update({ state: 'FOLLOW_UP_STATE_DONE' }), take ? '' : 'main')}
        ${DEEDS.map(toggle)}
        ${press('cancel', () => this.#update({ state: 'FOLLOW_UP_STATE_CANCELLED' }), 'danger')}` : nothing}
      ${reopen ? press('reopen', () => this.#update({ state: 'FOLLOW_UP_STATE_OPEN' })) : nothing}
      ${look ? toggle('history') : nothing}`;
  }

  #open(form) {
    this.form = this.form === form ? null : form;
    this.#begun = this.followUp;
    this.#opened = now();
    this.conflict = null;
    this.#action.problem = null;
  }

  #form() {
    return deedForm(this.form, this.#begun, {
      now: now(), opened: this.#opened, busy: this.#action.busy, put: (change) => this.#update(change), submit: (event) => this.#submit(event),
    });
  }

  #submit(event) {
    event.preventDefault();
    return this.#do(...deedRequest(this.form, new FormData(event.target), this.followUp.details.note));
  }

  #update(change) {
    return this.#do('UpdateFollowUp', change);
  }

  #take() {
    return this.#do('TakeFollowUp', { agent_id: this.who.agent });
  }

  async #do(name, change) {
    const { holder_agent_id: holder, follow_up_id: id, etag } = this.followUp;
    this.conflict = null;
    const answer = await this.#action.run(`FollowUpService/${name}`, { agent_id: holder, follow_up_id: id, etag, ...change });
    if (answer) {
      this.form = null;
      this.dispatchEvent(new CustomEvent('changed', { detail: answer.follow_up }));
    } else if (OVERTAKEN.includes(this.#action.problem?.title)) {
      await this.#overtaken(holder, id);
    }
  }

  /** Shows how it is now; what was typed stays, to be sent again. */
  async #overtaken(holder, id) {
    if (!offers(this.followUp, this.who).look) {
      this.dispatchEvent(new Event('gone'));
      return;
    }
    try {
      const { follow_up: fresh } = await call('FollowUpService/GetFollowUp', { agent_id: holder, follow_up_id: id });
      this.followUp = fresh;
      this.conflict = t('follow-ups.conflict', { who: fresh.updated_by, when: moment(fresh.update_time) });
      this.dispatchEvent(new CustomEvent('overtaken', { detail: fresh }));
    } catch (problem) {
      if (problem.title === 'FOLLOW_UP_NOT_FOUND') this.dispatchEvent(new Event('gone'));
      else this.#action.problem = problem;
    }
  }

  #conflict() {
    return html`<p class="problem" role="alert">${this.conflict}</p>`;
  }
}

customElements.define('follow-up-item', FollowUpItem);
