// Says that nobody is signed in, for pages that stay as they are meanwhile.
import { html, nothing, View } from './view.js';
import { access } from './access.js';
import { t } from './texts.js';

class SignInMark extends View {
  #changed = () => this.requestUpdate();

  connectedCallback() {
    super.connectedCallback();
    access.addEventListener('change', this.#changed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    access.removeEventListener('change', this.#changed);
  }

  render() {
    if (access.state !== 'out') return nothing;
    return html`
      <div class="signed-out problem" role="alert">
        <span>${t(access.offered ? 'access.out' : 'access.none')}</span>
        ${access.offered ? html`<button class="main" @click=${() => access.signIn()}>${t('access.in')}</button>` : nothing}
      </div>`;
  }
}

customElements.define('sign-in-mark', SignInMark);
