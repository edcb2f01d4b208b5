// What is typed and not saved yet, kept on this computer: it outlives a reload, a crash and an ended session.
// Each window has copies of its own, so that two of them do not overwrite each other's.

const PREFIX = 'aftercall.draft';
const WINDOW = 'aftercall.window';

/** For so long a window that is being reloaded may still hold its name, in milliseconds. */
const PATIENCE = 400;

/** The copies of one agent's drafts, in this browser. */
export class Copies {
  /** Why nothing can be kept here; null if it can. */
  problem = null;

  /** The window that these are of. */
  windowId;

  #prefix;

  constructor(tenant, agentId, windowId) {
    this.#prefix = [PREFIX, tenant, agentId].map(encodeURIComponent).join('/');
    this.windowId = windowId;
  }

  keep(interactionId, copy) {
    this.#try(() => localStorage.setItem(this.#key(interactionId), JSON.stringify(copy)));
  }

  forget(interactionId, windowId = this.windowId) {
    this.#try(() => localStorage.removeItem(this.#key(interactionId, windowId)));
  }

  /** Those of this window, and of windows that are no more: `interactionId`, `windowId` and `copy`. */
  async left() {
    const alive = await openWindows();
    const mine = (windowId) => windowId === this.windowId || (alive !== null && !alive.has(windowId));
    const found = [];
    this.#try(() => {
      for (const key of Object.keys(localStorage).filter((one) => one.startsWith(`${this.#prefix}/`))) {
        const [interactionId, windowId] = key.slice(this.#prefix.length + 1).split('/').map(decodeURIComponent);
        if (mine(windowId)) found.push({ interactionId, windowId, copy: JSON.parse(localStorage.getItem(key)) });
      }
    });
    return found.filter(({ copy }) => copy);
  }

  #key(interactionId, windowId = this.windowId) {
    return [this.#prefix, encodeURIComponent(interactionId), encodeURIComponent(windowId)].join('/');
  }

  #try(work) {
    try {
      work();
      this.problem = null;
    } catch (failure) {
      this.problem = failure;
    }
  }
}

/** The name of this window, the same after a reload; a window that was duplicated gets another one. */
export async function windowId() {
  const before = remembered();
  const id = before && (await held(before)) ? before : crypto.randomUUID();
  if (id !== before) await held(id);
  try {
    sessionStorage.setItem(WINDOW, id);
  } catch {
    // Then a reload is a window of its own, and takes over what this one leaves.
  }
  return id;
}

function remembered() {
  try {
    return sessionStorage.getItem(WINDOW);
  } catch {
    return null;
  }
}

/** Holds the name as long as the window lives. */
function held(id) {
  return new Promise((resolve) => {
    navigator.locks.request(`${WINDOW}.${id}`, { signal: AbortSignal.timeout(PATIENCE) }, () => {
      resolve(true);
      return new Promise(() => {});
    }).catch(() => resolve(false));
  });
}

/** The names of the windows that live; null where the browser does not say. */
async function openWindows() {
  try {
    const { held: locks } = await navigator.locks.query();
    const names = locks.map(({ name }) => name).filter((name) => name.startsWith(`${WINDOW}.`));
    return new Set(names.map((name) => name.slice(WINDOW.length + 1)));
  } catch {
    return null;
  }
}
