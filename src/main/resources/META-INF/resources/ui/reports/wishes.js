// What a report is to be of.
import { html, nothing, View } from '../lib/view.js';
import { t } from '../lib/texts.js';
import { CHANNELS, DIMENSIONS, INTERVALS, period, SPANS, VIEWS } from './query.js';
import { knownZone } from './zones.js';
import './id-list.js';

/**
 * Emits `wish` with what is wanted then, and `filters` when these are looked at. `personal` is whether the caller may
 * see agents apart, `others` whether also others than himself.
 */
class ReportWishes extends View {
  static properties = {
    wish: { attribute: false }, now: { attribute: false }, personal: { attribute: false }, others: { attribute: false }, known: { attribute: false },
    badZone: { state: true },
  };

  render() {
    const { wish } = this;
    const padding = wish.report === 'padding';
    return html`
      <form class="wishes" aria-label=${t('reports.wishes')} @submit=${(event) => event.preventDefault()}>
        <div class="row">
          ${this.#choice('span', SPANS)}
          ${wish.span === 'custom' ? this.#period() : nothing}
          ${padding ? nothing : this.#choice('interval', INTERVALS)}
          <label>${t('reports.zone')}
            <input class="zone" list="zones" .value=${wish.zone} aria-invalid=${this.badZone ? 'true' : 'false'}
              aria-describedby=${this.badZone ? 'bad-zone' : nothing} @change=${(event) => this.#zone(event.target.value.trim())}></label>
          <datalist id="zones">${['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => html`<option value=${zone}></option>`)}</datalist>
          ${this.badZone ? html`<span id="bad-zone" class="problem" role="alert">${t('reports.bad-zone')}</span>` : nothing}
          ${padding ? this.#limits() : html`${this.#dimensions()}${this.#choice('show', VIEWS)}`}
        </div>
        <details @toggle=${(event) => event.target.open && this.dispatchEvent(new Event('filters'))} ?open=${Object.values(wish.only).some((ids) => ids.length)}>
          <summary>${t('reports.filters')}</summary>
          <div class="row">${this.#filters(padding)}</div>
        </details>
      </form>`;
  }

  #choice(property, values) {
    return html`
      <label>${t(`reports.${property}`)}
        <select name=${property} @change=${(event) => this.#choose({ [property]: event.target.value })}>
          ${values.map((value) => html`<option value=${value} ?selected=${value === this.wish[property]}>${t(`reports.${property}.${value}`)}</option>`)}
        </select>
      </label>`;
  }

  #period() {
    const [from, to] = period(this.wish, this.now);
    return [['from', from], ['to', to]].map(([name, value]) => html`
      <label>${t(`reports.${name}`)}
        <input type="datetime-local" name=${name} step="900" required .value=${value}
          @change=${(event) => event.target.value && this.#choose({ [name]: event.target.value })}></label>`);
  }

  #dimensions() {
    const offered = DIMENSIONS.filter((one) => this.personal || one !== 'agent');
    return html`
      <fieldset class="by">
        <legend>${t('reports.by')}</legend>
        ${offered.map((one) => html`
          <label class="check"><input type="checkbox" name="by" .checked=${this.wish.by.includes(one)}
            @change=${(event) => this.#choose({ by: offered.filter((other) => (other === one ? event.target.checked : this.wish.by.includes(other))) })}>
            ${t(`reports.by.${one}`)}</label>`)}
      </fieldset>`;
  }

  #limits() {
    return [['min', 1, 1_000_000], ['share', 1, 100]].map(([name, least, most]) => html`
      <label>${t(`reports.padding.${name}`)}
        <input type="number" name=${name} min=${least} max=${most} required .value=${this.wish[name]}
          @change=${(event) => event.target.checkValidity() && this.#choose({ [name]: event.target.value })}></label>`);
  }

  #filters(padding) {
    const offered = padding ? ['queue', 'team'] : DIMENSIONS.filter((one) => one !== 'channel' && (this.others || one !== 'agent'));
    return html`
      ${offered.map((one) => html`
        <id-list .label=${t(`reports.only.${one}`)} .ids=${this.wish.only[one]} .known=${this.known[one] ?? []}
          @ids=${(event) => this.#only(one, event.detail)}></id-list>`)}
      ${padding ? nothing : html`
        <fieldset class="by">
          <legend>${t('reports.only.channel')}</legend>
          ${CHANNELS.map((one) => html`
            <label class="check"><input type="checkbox" name="channel" .checked=${this.wish.only.channel.includes(one)}
              @change=${(event) => this.#only('channel', CHANNELS.filter((other) => (other === one ? event.target.checked : this.wish.only.channel.includes(other))))}>
              ${t(`CHANNEL_${one.toUpperCase()}`)}</label>`)}
        </fieldset>`}`;
  }

  #only(name, ids) {
    this.#choose({ only: { ...this.wish.only, [name]: ids } });
  }

  #zone(zone) {
    this.badZone = !knownZone(zone);
    if (!this.badZone) this.#choose({ zone });
  }

  /** Who chooses days of his own begins with those that are shown. */
  #choose(values) {
    const [from, to] = period(this.wish, this.now);
    const own = (values.span ?? this.wish.span) === 'custom' ? { from, to } : {};
    this.dispatchEvent(new CustomEvent('wish', { detail: { ...this.wish, ...own, ...values } }));
  }
}

customElements.define('report-wishes', ReportWishes);
