// How the window is used with the keyboard, and whether it may be heard.
import { html, View } from '../lib/view.js';
import { choose, settings } from '../lib/settings.js';
import { t } from '../lib/texts.js';

/** Dispatches `sound` when the sound was switched on or off. */
class HelpView extends View {
  render() {
    return html`
      <details class="card help"><summary>${t('help')}</summary>
        <label class="check"><input type="checkbox" .checked=${settings.sound === true} @change=${(event) => this.#choose(event.target.checked)}>${t('sound')}</label>
        <dl>
          <dt><kbd>Ctrl</kbd> + <kbd>Enter</kbd></dt><dd>${t('help.done')}</dd>
          <dt><kbd>↑</kbd> <kbd>↓</kbd> <kbd>Enter</kbd></dt><dd>${t('help.tree')}</dd>
          <dt><kbd>←</kbd> <kbd>→</kbd></dt><dd>${t('help.groups')}</dd>
        </dl>
        <p class="muted">${t('help.kept')}</p></details>`;
  }

  #choose(sound) {
    choose({ sound });
    this.dispatchEvent(new Event('sound'));
  }
}

customElements.define('help-view', HelpView);
