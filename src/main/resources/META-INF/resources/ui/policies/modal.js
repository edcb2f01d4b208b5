// A dialog over the page, which goes with Escape and gives the focus back.
import { html } from '../lib/view.js';
import { t } from '../lib/texts.js';

/** @param wide as wide as the window allows */
export function modal({ title, wide = false, close }, content) {
  return html`
    <dialog class="modal ${wide ? 'wide' : ''}" aria-labelledby="modal-title" @close=${close}>
      <div class="row">
        <h2 id="modal-title">${title}</h2>
        <button class="push" @click=${(event) => event.target.closest('dialog').close()}>${t('close')}</button>
      </div>
      ${content}
    </dialog>`;
}

/** Before its element goes, so that the focus is where it was. */
export function hide(element) {
  element.querySelector('dialog').close();
}

/** For `firstUpdated` of an element that has drawn one. */
export function show(element) {
  element.querySelector('dialog').showModal();
}
