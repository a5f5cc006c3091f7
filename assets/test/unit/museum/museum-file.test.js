import { test } from 'node:test';
import assert from 'node:assert/strict';
import { museumFile } from '../../../js/museum/museum-file.js';
import { emptyTile } from '../../../js/museum/tile.js';

test('a museum file holds works and photos as the import reads them', () => {
  const bytes = new Uint8Array(70_001).map((_, i) => i * 7);
  const state = { version: 11, expressions: { list: [{ id: '1', latex: 'y=x' }] } };
  const tile = {
    ...emptyTile('square_root'),
    description: 'Half a parabola',
    desmos_state: state,
    completed: true,
    z_index: 3,
  };
  const {
    concepts: [concept],
    photos: [photo],
    ...file
  } = JSON.parse(museumFile([tile], [{ sha256: 'ab', bytes }], new Date('2026-03-01T10:00:00Z')));
  assert.deepEqual(
    [file.version, file.exportDate, file.metadata],
    ['1.0', '2026-03-01T10:00:00.000Z', { totalConcepts: 1 }],
  );
  assert.deepEqual(
    [concept.id, concept.type, concept.description, concept.isComplete, concept.zIndex],
    ['square-root', 'square-root', 'Half a parabola', true, 3],
  );
  assert.deepEqual(JSON.parse(concept.desmosState), state);
  assert.deepEqual(
    [concept.position, concept.size],
    [
      { x: tile.position_x, y: tile.position_y },
      { width: tile.width, height: tile.height },
    ],
  );
  assert.equal(photo.sha256, 'ab');
  assert.deepEqual(new Uint8Array(Buffer.from(photo.bytes, 'base64')), bytes);
});
