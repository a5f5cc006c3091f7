import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownPhoto } from '../../../js/museum/photo.js';

const HASH = 'a1'.repeat(32);

test('photos of the museum are asked for below its own page, whatever stands before their address', () => {
  for (const url of [`api/images/${HASH}`, `/api/images/${HASH}`, `/school/api/images/${HASH}`]) {
    assert.equal(shownPhoto(url), `api/images/${HASH}`);
  }
});

test('a photo within the graph is shown as it is', () => {
  assert.equal(shownPhoto('data:image/png;base64,AAAA'), 'data:image/png;base64,AAAA');
});

test('nothing else is asked for', () => {
  for (const url of [
    '',
    'arch.png',
    `https://other.example/api/images/${HASH}`,
    `//other.example/api/images/${HASH}`,
    `javascript:api/images/${HASH}`,
    `api/images/${HASH}/parts/`,
    'data:image/svg+xml,<svg/>',
    'data:text/html,hello',
    'api/images/abc',
    'auth/logout/',
  ])
    assert.equal(shownPhoto(url), null, url);
});
