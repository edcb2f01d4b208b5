// The clock of one ACW, large, and what the interaction was.
import { html, nothing, View } from '../lib/view.js';
import { now } from '../lib/clock.js';
import { clockSpan, countdown, timeOfDay } from '../lib/spans.js';
import { t } from '../lib/texts.js';
import { millis, timing } from './timing.js';
import { dayAndTime } from './times.js';

const CIRCUMFERENCE = 2 * Math.PI * 44;

class AcwClock extends View {
  static properties = { item: { attribute: false } };

  #ticking;

  connectedCallback() {
    super.connectedCallback();
    this.#ticking = setInterval(() => this.requestUpdate(), 100);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
  }

  render() {
    const { item } = this;
    if (!item.acw) return html`<div class="clock over">${this.#facts(item)}${this.#word(item)}</div>`;
    const shown = timing(item.acw, now(), millis(item.rules?.warning_before_end));
    const ending = shown.kind === 'timed' && (shown.ending || item.warned);
    return html`
      <div class="clock ${shown.kind} ${ending ? 'ending' : ''}">
        ${this.#ring(shown)}
        <div class="time number" role="timer" aria-label=${t('clock')}>${this.#time(shown)}</div>
        <div class="beneath">${t(`clock.${ending ? 'ending' : shown.kind}`)}</div>
        ${this.#facts(item)}${this.#word(item)}
      </div>`;
  }

  #time({ kind, left, spent }) {
    return kind === 'open' ? clockSpan(spent) : countdown(left);
  }

  #ring({ share, kind }) {
    return html`
      <svg viewBox="0 0 100 100" class="big-ring ${kind}" aria-hidden="true">
        <circle class="track" cx="50" cy="50" r="44" />
        <circle class="left" cx="50" cy="50" r="44" stroke-dasharray="${share * CIRCUMFERENCE} ${CIRCUMFERENCE}" />
        <path class="warning" d="M50 6 L96 90 L4 90 Z" />
      </svg>`;
  }

  #facts({ interaction, live, ended }) {
    const { queue_id: queue, channel, direction, customer_id: customer, interaction_time: at } = interaction;
    const kind = [channel, direction].filter((one) => one && !one.endsWith('UNSPECIFIED')).map((one) => t(one)).join(' · ');
    return html`
      <dl class="facts">
        ${fact('fact.queue', queue)}${fact('fact.kind', kind)}
        ${fact('fact.customer', customer && html`<button class="link" @click=${() => this.#open(customer)}>${customer}</button>`)}
        ${fact(live ? 'fact.live' : 'fact.talk', live ? liveSpan(interaction) : talkSpan(interaction))}
        ${fact('fact.when', at && dayAndTime(at))}
        ${fact('fact.ended', ended?.time && timeOfDay(ended.time))}
      </dl>`;
  }

  #word({ word }) {
    return word ? html`<p class="word">${t(word.key, { span: clockSpan(word.by ?? 0) })}</p>` : nothing;
  }

  #open(customer) {
    this.dispatchEvent(new CustomEvent('open-customer', { detail: customer, bubbles: true }));
  }
}

function fact(key, value) {
  return value ? html`<div><dt>${t(key)}</dt><dd>${value}</dd></div>` : nothing;
}

function liveSpan({ answer_time, start_time }) {
  const begun = answer_time ?? start_time;
  return begun ? clockSpan(now() - Date.parse(begun)) : t('fact.now');
}

function talkSpan({ answer_time, start_time, end_time }) {
  const begun = answer_time ?? start_time;
  return begun && end_time ? clockSpan(Date.parse(end_time) - Date.parse(begun)) : '';
}

customElements.define('acw-clock', AcwClock);
