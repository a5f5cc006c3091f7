import { test } from 'node:test';
import assert from 'node:assert/strict';
import { embeddedPhotos, photoBytes, withAddress, withAddresses } from '../../../js/museum/photo.js';

const PNG = 'data:image/png;base64,iVBORw==';
const SVG = 'data:image/svg+xml;base64,PHN2Zz4=';

/** @param {...unknown} list */
function graph(...list) {
  return { version: 11, expressions: { list, ticker: 1 } };
}

test('embedded photos are found, each once, and nothing else', () => {
  const state = graph(
    { image_url: PNG },
    { image_url: PNG },
    { image_url: SVG },
    { image_url: 'api/images/ab' },
    { latex: PNG },
    null,
    5,
  );
  assert.deepEqual(embeddedPhotos(state), [PNG]);
  for (const odd of [null, {}, 5, [], { expressions: { list: 5 } }]) assert.deepEqual(embeddedPhotos(odd), []);
});

test('a photo gets another address, and all else stays as it is', () => {
  const addresses = new Map([[PNG, 'api/images/ab']]);
  const other = { id: '2', image_url: SVG };
  assert.deepEqual(
    withAddresses(graph({ id: '1', image_url: PNG, width: '3' }, other), addresses),
    graph({ id: '1', image_url: 'api/images/ab', width: '3' }, other),
  );
  const state = graph(other);
  assert.equal(withAddresses(state, addresses), state);
  assert.equal(withAddress(other, addresses), other);
});

test('the bytes of a photo', () => {
  assert.deepEqual([...photoBytes(PNG)], [0x89, 0x50, 0x4e, 0x47]);
});
