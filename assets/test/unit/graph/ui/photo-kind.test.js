import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHead } from '../../../../js/graph/ui/photo/file-type.js';

/** @param {...(string | number[])} parts bytes, or text of one byte a letter */
function bytes(...parts) {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : part)),
  );
}

const PIXEL = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 1, 0];
const GIF = ['GIF89a', [7, 0, 5, 0, 0x80, 0, 0, 1, 2, 3, 4, 5, 6]];

/** @type {[string, Uint8Array, import('../../../../js/graph/ui/photo/file-type.js').PhotoHead][]} */
const CASES = [
  [
    'a photo with a block before the size',
    bytes([0xff, 0xd8, 0xff, 0xe1, 0, 4, 9, 9, 0xff, 0xc2, 0, 11, 8, 0x0b, 0xb8, 0x0f, 0xa0]),
    { kind: 'jpeg', moves: false, width: 4000, height: 3000 },
  ],
  [
    'a photo that is cut off',
    bytes([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff]),
    { kind: 'jpeg', moves: false, width: 0, height: 0 },
  ],
  [
    'a PNG',
    bytes(
      '\x89PNG\r\n\x1a\n',
      [0, 0, 0, 13],
      'IHDR',
      [0, 0, 1, 0, 0, 0, 0, 2, 8, 6, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0],
      'IDAT',
    ),
    { kind: 'png', moves: false, width: 256, height: 2 },
  ],
  [
    'a PNG that moves',
    bytes(
      '\x89PNG\r\n\x1a\n',
      [0, 0, 0, 13],
      'IHDR',
      [0, 0, 1, 0, 0, 0, 0, 2, 8, 6, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 8],
      'acTL',
    ),
    { kind: 'png', moves: true, width: 256, height: 2 },
  ],
  ['a GIF', bytes(GIF[0], GIF[1], PIXEL, [0x3b]), { kind: 'gif', moves: false, width: 7, height: 5 }],
  [
    'a GIF that moves',
    bytes(GIF[0], GIF[1], [0x21, 0xf9, 4, 0, 9, 0, 0, 0], PIXEL, [0x21, 0xf9, 4, 0, 9, 0, 0, 0], PIXEL, [0x3b]),
    { kind: 'gif', moves: true, width: 7, height: 5 },
  ],
  [
    'a WebP',
    bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8 ', [0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0x40, 1, 0xf0, 0]),
    { kind: 'webp', moves: false, width: 320, height: 240 },
  ],
  [
    'a WebP that moves',
    bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8X', [10, 0, 0, 0, 2, 0, 0, 0, 0x3f, 1, 0, 0xef, 0, 0]),
    { kind: 'webp', moves: true, width: 320, height: 240 },
  ],
  [
    'a photo of an iPhone',
    bytes([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0]),
    { kind: 'heic', moves: false, width: 0, height: 0 },
  ],
  ['an AVIF', bytes([0, 0, 0, 24], 'ftypavif', [0, 0, 0, 0]), { kind: 'avif', moves: false, width: 0, height: 0 }],
  ['a drawing', bytes([0xef, 0xbb, 0xbf], '\n <svg xmlns="x">'), { kind: 'svg', moves: false, width: 0, height: 0 }],
  ['a document', bytes('%PDF-1.7'), { kind: 'pdf', moves: false, width: 0, height: 0 }],
  ['a text', bytes('Dear diary'), { kind: 'unknown', moves: false, width: 0, height: 0 }],
  ['nothing', bytes(), { kind: 'unknown', moves: false, width: 0, height: 0 }],
];

for (const [name, file, head] of CASES) {
  test(name, () => {
    assert.deepEqual(readHead(file), head);
    for (let length = 0; length < file.length; length++) readHead(file.subarray(0, length)); // whatever is missing, it comes to an end
  });
}
