// Two supervisors have changed the same policy: rule by rule, which version is it to be? Nothing is overwritten silently.
import { html, View } from '../lib/view.js';
import { call, NoAnswer, Problem } from '../lib/call.js';
import { t } from '../lib/texts.js';
import { differences, picked } from './draft.js';
import { hide, modal, show } from './modal.js';
import { keyText, momentText, ruleText, valueText } from './words.js';

/** `versions` has `key`, `base`, the own `changes` and `theirs`. Emits `merged` with the changes that remain, and `close`. */
class MergeDialog extends View {
  static properties = { versions: { attribute: false }, rows: { state: true }, by: { state: true } };

  willUpdate(changed) {
    if (!changed.has('versions')) return;
    const { base, changes, theirs } = this.versions;
    this.rows = differences(base, changes, theirs);
    this.#findOut();
  }

  firstUpdated() {
    show(this);
  }

  /** Who it was; without an answer the dialog does without. */
  async #findOut() {
    try {
      const { revisions = [] } = await call('PolicyService/ListPolicyRevisions', { ...this.versions.key, page_size: 1 });
      this.by = revisions[0];
    } catch (failure) {
      if (!(failure instanceof NoAnswer || failure instanceof Problem)) throw failure;
    }
  }

  render() {
    const close = () => this.dispatchEvent(new Event('close'));
    const open = this.rows.some(({ pick }) => !pick);
    const by = this.by ? t('merge.by', { actor: this.by.actor, moment: momentText(this.by.change_time) }) : '';
    return modal({ title: `${t('merge.title')} · ${keyText(this.versions.key)}`, wide: true, close }, html`
      <p>${by} ${t('merge.text')}</p>
      <div class="scroll" tabindex="0" role="group" aria-label=${t('merge.title')}>
        <table class="merge">
          <thead><tr><th scope="col">${t('rule')}</th><th scope="col">${t('merge.before')}</th>
            <th scope="col">${t('merge.theirs')}</th><th scope="col">${t('merge.mine')}</th></tr></thead>
          <tbody>${this.rows.map((row) => html`
            <tr><th scope="row">${ruleText(row.rule)}</th><td>${valueText(row.rule, row.before)}</td>
              ${['theirs', 'mine'].map((side) => html`
                <td><label class="check"><input type="radio" name="merge-${row.rule}" .checked=${row.pick === side}
                  aria-label="${t(`merge.${side}`)}: ${ruleText(row.rule)} ${valueText(row.rule, row[side])}"
                  @change=${() => this.#pick(row, side)}> ${valueText(row.rule, row[side])}</label></td>`)}
            </tr>`)}
          </tbody>
        </table>
      </div>
      ${this.rows.length ? '' : html`<p class="muted">${t('merge.same')}</p>`}
      <div class="row">
        <button class="push" @click=${(event) => event.target.closest('dialog').close()}>${t('merge.later')}</button>
        ${open ? html`<span class="muted">${t('merge.choose')}</span>` : ''}
        <button class="main" ?disabled=${open} @click=${() => this.#take()}>${t('merge.take')}</button>
      </div>`);
  }

  #pick(row, pick) {
    this.rows = this.rows.map((other) => (other === row ? { ...row, pick } : other));
  }

  #take() {
    hide(this);
    const detail = { theirs: this.versions.theirs, changes: picked(this.rows) };
    this.dispatchEvent(new CustomEvent('merged', { detail }));
  }
}

customElements.define('merge-dialog', MergeDialog);
