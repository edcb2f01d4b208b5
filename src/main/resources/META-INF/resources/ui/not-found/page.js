// Where there is no page.
import { html, View } from '../lib/view.js';
import { applyTheme } from '../lib/settings.js';
import { language, loadTexts, t } from '../lib/texts.js';

await loadTexts('not-found');
applyTheme();
document.documentElement.lang = language();

class NotFoundPage extends View {
  render() {
    document.title = `${t('missing')} · Aftercall`;
    return html`
      <main>
        <section class="card empty">
          <h1>${t('missing')}</h1>
          <p>${t('missing.why')}</p>
          <p><a class="button" href="/ui/floor.html">${t('missing.floor')}</a></p>
        </section>
      </main>`;
  }
}

customElements.define('not-found-page', NotFoundPage);
