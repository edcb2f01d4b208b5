// Nothing is open: how things stand, and what comes next.
import { html, nothing, View } from '../lib/view.js';
import { name, t } from '../lib/texts.js';
import { timeOfDay } from '../lib/spans.js';

class CalmView extends View {
  static properties = { connecting: { type: Boolean }, agent: { attribute: false }, last: { attribute: false } };

  render() {
    const { agent, connecting, last } = this;
    return html`
      <section class="card calm ${agent?.status ?? ''}" aria-label=${t('calm')}>
        <p class="big" tabindex="-1">${connecting ? t('mark.connecting') : agent ? name(agent.status) : t('presence.unseen')}</p>
        <p>${connecting ? t('loading') : t(`calm.${agent?.status ?? 'unseen'}`)}</p>
        ${agent?.available_by_time ? html`<p class="muted">${t('calm.by', { time: timeOfDay(agent.available_by_time) })}</p>` : nothing}
        ${last ? html`<p class="word">${last}</p>` : nothing}
      </section>`;
  }
}

customElements.define('calm-view', CalmView);
