/** Writes a museum as a `.mathmuseums` file, which the program can import. Pure. */
import { familyByType } from './families.js';

/** @typedef {import('./tile.js').Tile} Tile */

/** A photo named by a graph. @typedef {{sha256: string, bytes: Uint8Array}} Photo */

/** Bytes per base64 step: a multiple of three, so that there is no padding in between. */
const PIECE = 3 * 8192;

/**
 * @param {Tile[]} tiles
 * @param {Photo[]} photos
 * @param {Date} now
 * @returns {string} the content of the file
 */
export function museumFile(tiles, photos, now) {
  return `${JSON.stringify({
    version: '1.0',
    exportDate: now.toISOString(),
    userName: '',
    photos: photos.map(({ sha256, bytes }) => ({ sha256, bytes: base64(bytes) })),
    concepts: tiles.map((tile) => conceptOf(tile, now)),
    metadata: { totalConcepts: tiles.length },
  })}\n`;
}

/**
 * @param {Tile} tile
 * @param {Date} now
 */
function conceptOf(
  {
    concept_type: type,
    description,
    desmos_state: state,
    completed,
    position_x: x,
    position_y: y,
    width,
    height,
    z_index,
  },
  now,
) {
  const id = type.replaceAll('_', '-');
  return {
    id,
    type: id,
    displayName: familyByType(type)?.name ?? type,
    description,
    desmosState: JSON.stringify(state),
    isComplete: completed,
    position: { x, y },
    size: { width, height },
    zIndex: z_index,
    lastModified: now.getTime(),
  };
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += PIECE) text += btoa(String.fromCharCode(...bytes.subarray(i, i + PIECE)));
  return text;
}
