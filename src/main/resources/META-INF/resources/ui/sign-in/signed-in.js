// The end of a window that somebody has signed in by: the page that opened it goes on.
import { html, View } from '../lib/view.js';
import { tellSignedIn } from '../lib/access.js';
import { applyTheme } from '../lib/settings.js';
import { language, loadTexts, t } from '../lib/texts.js';

await loadTexts('sign-in');
applyTheme();
document.documentElement.lang = language();

const handOver = location.hash.slice(1);
if (handOver) {
  history.replaceState(null, '', location.pathname);
  window.opener?.postMessage({ handOver }, location.origin);
} else {
  tellSignedIn();
}
window.close();

class SignedInPage extends View {
  render() {
    document.title = `${t('access.done')} · Aftercall`;
    return html`<main><section class="card empty"><h1>${t('access.done')}</h1><p>${t('access.close')}</p></section></main>`;
  }
}

customElements.define('signed-in-page', SignedInPage);
