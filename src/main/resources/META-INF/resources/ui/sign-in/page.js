// Where nobody is signed in: after signing out, or with what went wrong.
import { html, nothing, View } from '../lib/view.js';
import { applyTheme } from '../lib/settings.js';
import { language, loadTexts, t } from '../lib/texts.js';

const PROBLEMS = ['unexpected', 'declined', 'refused', 'unavailable'];

await loadTexts('sign-in');
applyTheme();
document.documentElement.lang = language();

/** Whether one signs in on this server, and whether somebody has to; it is asked as a page would be. */
async function ask() {
  try {
    const response = await fetch('/api/session');
    const { sign_in: offered } = await response.json();
    return { offered, needed: offered || !response.ok };
  } catch {
    return { offered: true, needed: true };
  }
}

const { offered, needed } = await ask();

class SignInPage extends View {
  render() {
    document.title = `${t('access.in')} · Aftercall`;
    const problem = PROBLEMS.find((known) => known === new URLSearchParams(location.search).get('problem'));
    return html`
      <main>
        <section class="card empty">
          <h1>Aftercall</h1>
          ${problem ? html`<p class="problem" role="alert">${t(`access.${problem}`)}</p>` : nothing}
          ${problem ? nothing : html`<p>${t(offered ? 'access.out.here' : needed ? 'access.none' : 'access.open')}</p>`}
          ${offered ? html`<p><a class="button" href="/sign-in">${t('access.in')}</a></p>` : nothing}
          ${needed ? nothing : html`<p><a class="button" href="/ui/floor.html">${t('access.floor')}</a></p>`}
        </section>
      </main>`;
  }
}

customElements.define('sign-in-page', SignInPage);
