// The one place that names the template library. Styles are set as properties (`.style=${'…'}`): the content security
// policy lets nobody write them as attributes.
import { html, svg, nothing, render } from '/_static/lit-html/lit-html.js';
import { ReactiveElement } from '/_static/reactive-element/reactive-element.js';

export { html, svg, nothing };
export { repeat } from '/_static/lit-html/directives/repeat.js';

/** An element that draws itself into the page, without a shadow: one style sheet, one tree for screen readers. */
export class View extends ReactiveElement {
  createRenderRoot() {
    return this;
  }

  update(changed) {
    super.update(changed);
    render(this.render(), this, { host: this });
  }
}
