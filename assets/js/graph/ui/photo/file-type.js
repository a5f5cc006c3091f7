/**
 * Detects the type of an image file from its first bytes rather than its name: format, animation and size in pixels.
 * Pure functions.
 *
 * @typedef {'jpeg' | 'png' | 'gif' | 'webp' | 'avif' | 'heic' | 'bmp' | 'svg' | 'pdf' | 'unknown'} PhotoKind
 *
 * @typedef {object} PhotoHead
 * @property {PhotoKind} kind
 * @property {boolean} moves whether it is animated
 * @property {number} width stored width in pixels, 0 if unknown
 * @property {number} height likewise
 */

/** Enough for all this, even if the file starts with metadata and an embedded preview. */
export const HEAD_BYTES = 1 << 20;

/** @type {readonly [PhotoKind, number, string][]} formats, with the offset and text of their signature */
const SIGNATURES = [
  ['jpeg', 0, '\xff\xd8\xff'],
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['gif', 0, 'GIF8'],
  ['webp', 8, 'WEBP'],
  ['bmp', 0, 'BM'],
  ['pdf', 0, '%PDF'],
];

/** The brands of HEIC and AVIF files. */
const BRANDS = new Map(
  /** @type {[string, PhotoKind][]} */ ([
    ['avif', 'avif'],
    ['avis', 'avif'],
    ...['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'].map((brand) => [brand, 'heic']),
  ]),
);

/** JPEG markers without a length field. */
const JPEG_ALONE = new Set([0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8]);

/**
 * @param {Uint8Array} bytes the first `HEAD_BYTES` of a file, or all of a smaller one
 * @returns {PhotoHead}
 */
export function readHead(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = kindOf(bytes);
  const still = { kind, moves: false, width: 0, height: 0 };
  try {
    return { ...still, ...READERS[kind]?.(view) };
  } catch {
    return still; // Truncated: the decoder will report it.
  }
}

/**
 * @param {Uint8Array} bytes
 * @returns {PhotoKind}
 */
function kindOf(bytes) {
  for (const [kind, at, text] of SIGNATURES) if (textAt(bytes, at, text.length) === text) return kind;
  if (textAt(bytes, 4, 4) === 'ftyp') return BRANDS.get(textAt(bytes, 8, 4)) ?? 'unknown';
  return /^(?:\xef\xbb\xbf)?\s*</.test(textAt(bytes, 0, 64)) ? 'svg' : 'unknown';
}

/** @type {Partial<Record<PhotoKind, (view: DataView) => Partial<PhotoHead>>>} */
const READERS = {
  jpeg: (view) => {
    for (let at = 2; ; ) {
      const marker = view.getUint8(at + 1);
      if (view.getUint8(at) !== 0xff) return {};
      if (marker === 0xff || JPEG_ALONE.has(marker)) at += marker === 0xff ? 1 : 2;
      else if (isFrame(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
      else at += 2 + view.getUint16(at + 2);
    }
  },
  png: (view) => {
    const size = { width: view.getUint32(16), height: view.getUint32(20) };
    for (let at = 8; at + 8 <= view.byteLength; at += 12 + view.getUint32(at)) {
      const type = view.getUint32(at + 4);
      if (type === 0x49444154) break; // IDAT
      if (type === 0x6163544c) return { ...size, moves: true }; // acTL
    }
    return size;
  },
  gif: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true), moves: hasSecondPicture(view) }),
  webp: (view) => {
    const chunk = view.getUint32(12);
    if (chunk === 0x56503858) {
      // VP8X
      return {
        moves: (view.getUint8(20) & 2) !== 0,
        width: 1 + (view.getUint32(24, true) & 0xffffff),
        height: 1 + (view.getUint32(26, true) >>> 8),
      };
    }
    if (chunk === 0x5650384c) {
      // VP8L
      const bits = view.getUint32(21, true);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  },
  bmp: (view) => ({ width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) }),
};

/** @param {number} marker of a JPEG */
function isFrame(marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/**
 * @param {DataView} view of a GIF
 * @returns {boolean}
 */
function hasSecondPicture(view) {
  const colors = (/** @type {number} */ flags) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  let at = 13 + colors(view.getUint8(10));
  for (let pictures = 0; at < view.byteLength; ) {
    const block = view.getUint8(at);
    if (block === 0x2c) {
      pictures += 1;
      if (pictures === 2) return true;
      at += 11 + colors(view.getUint8(at + 9));
    } else if (block === 0x21) at += 2;
    else return false;
    for (let length; (length = view.getUint8(at)) !== 0; ) at += 1 + length;
    at += 1;
  }
  return false;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {number} length
 */
function textAt(bytes, at, length) {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
