// What an agent is, in a shape.
import { html, svg } from './view.js';

/** A shape for each status, so that colour alone says nothing. */
const SHAPES = {
  AGENT_STATUS_AVAILABLE: svg`<circle cx="16" cy="16" r="9" />`,
  AGENT_STATUS_ENGAGED: svg`<path d="M16 5 27 16 16 27 5 16Z" />`,
  AGENT_STATUS_AFTER_CALL_WORK: svg`<circle cx="16" cy="16" r="9" fill="none" stroke="currentColor" stroke-width="5" stroke-dasharray="40 57" />`,
  AGENT_STATUS_RESTING: svg`<path d="M16 6a10 10 0 1 0 10 10A8 8 0 0 1 16 6Z" />`,
  AGENT_STATUS_NOT_READY: svg`<rect x="7" y="7" width="18" height="18" rx="2" />`,
  AGENT_STATUS_OFFLINE: svg`<circle cx="16" cy="16" r="8" fill="none" stroke="currentColor" stroke-width="3" />`,
};

export function shape(status) {
  return html`<svg viewBox="0 0 32 32" class="shape" aria-hidden="true">${SHAPES[status]}</svg>`;
}
