// Which rows of the tree of dispositions are shown. Pure.

/** Beyond so many, one has to look for them. */
const MOST = 200;

/** Up to so many are shown with everything open. */
const FEW = 40;

/** From the top of the tree to a code; empty if there is none. */
export function pathOf(byCode, code) {
  const path = [];
  for (let one = byCode.get(code); one && !path.includes(one); one = byCode.get(one.parent_code)) path.unshift(one);
  return path;
}

/** For search: without accents and case. */
function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * Rows in the order of the catalogue.
 * @param text words that are all in the path or the code; what is found is shown with all that is above it
 * @param opened codes that somebody has opened or closed: a map to whether they are open
 * @returns `rows` of `disposition`, `level` from 1, `expanded` (undefined for a leaf); and `more`, how many are left out
 */
export function treeRows(dispositions, text, opened = new Map()) {
  const byCode = new Map(dispositions.map((one) => [one.code, one]));
  const parents = new Set(dispositions.map((one) => one.parent_code).filter(Boolean));
  const words = plain(text).split(/\s+/).filter(Boolean);
  const open = (code) => (words.length ? true : opened.get(code) ?? dispositions.length <= FEW);
  const wanted = words.length ? found(dispositions, byCode, words) : null;
  const rows = [];
  let more = 0;
  for (const disposition of dispositions) {
    const path = pathOf(byCode, disposition.code);
    if (wanted ? !wanted.has(disposition.code) : !path.slice(0, -1).every(({ code }) => open(code))) continue;
    const expanded = parents.has(disposition.code) ? open(disposition.code) : undefined;
    if (rows.length < MOST) rows.push({ disposition, level: path.length, expanded });
    else more++;
  }
  return { rows, more };
}

function found(dispositions, byCode, words) {
  const wanted = new Set();
  for (const { code } of dispositions) {
    const path = pathOf(byCode, code);
    const about = plain([...path.map(({ label }) => label), code].join(' '));
    if (words.every((word) => about.includes(word))) path.forEach((one) => wanted.add(one.code));
  }
  return wanted;
}

/** The next row that may be chosen from the one at `index`; the same if there is none. */
export function firstChoosable(rows) {
  const index = rows.findIndex(({ disposition }) => !disposition.group);
  return index < 0 ? 0 : index;
}
