// How large tiles are and where rows stand. Pure but for the measure of texts.
import { t } from '../lib/texts.js';

/** In rem: of a tile in the grid, of a row of the list, of a heading, and between tiles. */
const SIZES = { grid: { width: 12.5, height: 4.3 }, list: { width: Infinity, height: 2.75 }, heading: 2.6, gap: 0.4 };

/** Of a tile's width, in rem: the shape, and room around it, the name and the time. */
const BESIDE = 4.4;

/** A name that is wider than so many rem has the time below it instead of beside it. */
const LONG = 6;

/** Letters beside the time are smaller than those of a name, the time itself is not. */
const OF_TIME = 0.92;

/** A name that needs more than a tile of so many rem is cut. */
const WIDEST = 30;

/** A window of so many pixels has tiles of the usual size; a wider one, such as a wall, larger ones as long as all fit. */
const USUAL_WINDOW = 1_600;
const LARGEST = 2.4;
const STEP = 0.1;

const paper = document.createElement('canvas').getContext('2d');

/** How wide a text is as names are written on a tile, in rem. */
function textWidth(text, font) {
  paper.font = `600 100px ${font}`;
  return paper.measureText(text).width / 100;
}

function timeWidth(font) {
  return OF_TIME * Math.max(...['floor.left', 'floor.since'].map((key) => textWidth(t(key, { span: '00:00' }), font)));
}

/**
 * Rows with their places, computed for all.
 * @param groups a list of `[name, agent ids]`
 * @param kind `grid` or `list`
 * @param room of the element in pixels: `width` and `height`, the window's `window`; `rem` in pixels, and the `font`
 * @returns `rows`, `columns`, `height` in pixels, by how much tiles are larger than usual (`scale`), and up to how many
 *     characters a name leaves room for the time beside it (`short`)
 */
export function lay(groups, kind, room) {
  const longest = groups.flatMap(([, ids]) => ids).reduce((one, other) => (other.length > one.length ? other : one), '');
  const written = textWidth(longest, room.font);
  const time = timeWidth(room.font);
  const width = kind === 'list' ? Infinity : Math.min(WIDEST, Math.max(SIZES.grid.width, BESIDE + Math.max(written, Math.min(written, LONG) + time)));
  const most = Math.min(LARGEST, Math.max(1, room.window / USUAL_WINDOW));
  let scale = most;
  while (scale > 1 && height(groups, measures(width, kind, room, scale)) > room.height) scale -= STEP;
  scale = Math.max(1, scale);
  const laid = place(groups, measures(width, kind, room, scale));
  const tile = (room.width / room.rem + SIZES.gap) / laid.columns / scale - SIZES.gap;
  return { ...laid, scale, short: Math.floor((longest.length * (tile - BESIDE - time)) / written) };
}

/** In pixels. */
function measures(width, kind, { rem, width: room }, scale) {
  const unit = rem * scale;
  const gap = SIZES.gap * rem;
  const columns = width === Infinity ? 1 : Math.max(1, Math.floor((room + gap) / (width * unit + gap)));
  return { columns, row: SIZES[kind].height * unit + gap, heading: SIZES.heading * unit };
}

function height(groups, { columns, row, heading }) {
  return groups.reduce((sum, [name, ids]) => sum + (name === null ? 0 : heading) + Math.ceil(ids.length / columns) * row, 0);
}

function place(groups, { columns, row, heading }) {
  const rows = [];
  let top = 0;
  for (const [name, ids] of groups) {
    if (name !== null) {
      rows.push({ top, name, members: ids });
      top += heading;
    }
    for (let from = 0; from < ids.length; from += columns) {
      rows.push({ top, ids: ids.slice(from, from + columns) });
      top += row;
    }
  }
  return { rows, columns, height: top };
}
