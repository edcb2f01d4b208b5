// Whether the user of this page is signed in; and if not, how he signs in without losing what is on the page.

const CHANNEL = new BroadcastChannel('aftercall-session');
const TRIED = 'aftercall.sign-in';

/** Who comes back from signing in and is still not let in is not sent there again within this time. */
const PATIENCE = 20_000;

/** While signed out, the server is asked again so rarely. */
const LONG = 60_000;

/** A page in a frame of another site: issuers let nobody frame them, and it has cookies of its own. */
const framed = window.top !== window;

/** Whether the user has typed anything since the page was opened. */
let typed = false;
document.addEventListener('input', (event) => { typed ||= event.isTrusted; }, { capture: true });

/**
 * Emits `change`, and `back` when somebody has signed in again. `state` is `unknown`, `in` or `out`; `offered` says whether
 * one can sign in here at all.
 */
class Access extends EventTarget {
  state = 'unknown';
  offered = false;

  #secret = null;
  #hash = null;
  #opened = null;

  constructor() {
    super();
    CHANNEL.addEventListener('message', ({ data }) => (data === 'in' ? this.back() : this.ended(true, false)));
    window.addEventListener('message', (event) => this.#handedOver(event));
  }

  /** The server has answered: it knows who is asking. */
  known() {
    this.#become('in');
  }

  /** Signed in again, perhaps in another window. */
  back() {
    if (this.state === 'out') this.#become('in');
  }

  /**
   * The server does not know who is asking. Goes to sign in where nothing can be lost by it; otherwise stays, and says so.
   */
  ended(offered, leave = true) {
    this.offered = offered;
    if (offered && leave && !framed && !typed && !triedJustNow()) {
      remember();
      location.assign(`/sign-in?return=${encodeURIComponent(location.pathname + location.search + location.hash)}`);
      return;
    }
    if (framed && offered && !this.#hash) this.#prepare();
    this.#become('out');
  }

  /** In a window of its own; this page stays as it is. To be called from a click. */
  signIn() {
    const url = framed ? `/sign-in?hand_over=${this.#hash}` : '/sign-in?return=%2Fui%2Fsigned-in.html';
    this.#opened = window.open(url, '_blank', 'popup,width=520,height=720');
  }

  async signOut() {
    const response = await fetch('/sign-out', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    const { location: next } = await response.json();
    CHANNEL.postMessage('out');
    if (framed) this.ended(true);
    else location.assign(next);
  }

  /** Waits so many milliseconds, or until somebody has signed in; who is signed out need not ask as often. */
  pause(milliseconds) {
    const out = this.state === 'out';
    return new Promise((resolve) => {
      const timer = setTimeout(done, out ? Math.max(milliseconds, LONG) : milliseconds);
      const access = this;
      function done() {
        clearTimeout(timer);
        access.removeEventListener('back', done);
        resolve();
      }
      this.addEventListener('back', done);
    });
  }

  /** Before the click: browsers open no window for a click that is long past. */
  async #prepare() {
    this.#secret = text(crypto.getRandomValues(new Uint8Array(32)));
    const bytes = new TextEncoder().encode(this.#secret);
    this.#hash = text(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  }

  async #handedOver({ origin, source, data }) {
    if (origin !== location.origin || source !== this.#opened || typeof data?.handOver !== 'string') return;
    const body = JSON.stringify({ hand_over: data.handOver, secret: this.#secret });
    const response = await fetch('/sign-in/take-over', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body });
    this.#hash = null;
    if (response.ok) this.back();
    else this.#prepare();
  }

  #become(state) {
    if (this.state === state) return;
    const back = this.state === 'out' && state === 'in';
    this.state = state;
    this.dispatchEvent(new Event('change'));
    if (back) this.dispatchEvent(new Event('back'));
  }
}

export const access = new Access();

/** Tells the other pages of this browser that they can go on. */
export function tellSignedIn() {
  CHANNEL.postMessage('in');
}

function text(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}

function triedJustNow() {
  return Date.now() - Number(stored() ?? 0) < PATIENCE;
}

function stored() {
  try {
    return sessionStorage.getItem(TRIED);
  } catch {
    return null;
  }
}

function remember() {
  try {
    sessionStorage.setItem(TRIED, String(Date.now()));
  } catch {
    // A browser that keeps nothing keeps no session either, and is told so by the page.
  }
}
