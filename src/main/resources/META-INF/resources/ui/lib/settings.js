// What a user has chosen for this browser. Chosen values survive; where nothing can be stored they last for the page.
const KEY = 'aftercall.settings';

function stored() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

/** `theme` (`light`, `dark` or absent) and `language` (`en`, `es` or absent). */
export const settings = stored();

export function choose(values) {
  Object.assign(settings, values);
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // A browser that keeps nothing keeps this neither.
  }
  applyTheme();
}

export function applyTheme() {
  if (settings.theme) document.documentElement.dataset.theme = settings.theme;
  else delete document.documentElement.dataset.theme;
}
