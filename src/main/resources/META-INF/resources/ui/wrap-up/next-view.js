// Who comes next, if the router has said so.
import { html, nothing, View } from '../lib/view.js';
import { t } from '../lib/texts.js';
import { dayAndTime } from './times.js';

/** Dispatches `open-customer`, whose `detail` is the customer. */
class NextView extends View {
  static properties = { next: { attribute: false } };

  render() {
    const { customer_id: customer, queue_id: queue, channel, reason, expected_time: at } = this.next;
    const kind = channel && !channel.endsWith('UNSPECIFIED') ? t(channel) : '';
    return html`
      <section class="card next" aria-label=${t('next')}><h2>${t('next')}</h2>
        <p><b>${[customer, queue, kind].filter(Boolean).join(' · ')}</b></p>
        ${reason ? html`<p>${reason}</p>` : nothing}
        ${at ? html`<p class="muted">${dayAndTime(at)}</p>` : nothing}
        ${customer ? html`<button class="link" @click=${() => this.dispatchEvent(new CustomEvent('open-customer', { detail: customer }))}>${t('next.history')}</button>` : nothing}
      </section>`;
  }
}

customElements.define('next-view', NextView);
