import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { GraphDocument } from '../../../../js/graph/state/document.js';
import { itemKind } from '../../../../js/graph/state/item.js';
import { sceneOf } from '../../../../js/graph/state/scene.js';
import { versionKind } from '../../../../js/graph/state/format-version.js';

const text = readFileSync(new URL('testdata/every-kind.json', import.meta.url), 'utf8');

/** @returns {any} a state with every kind of item, with keys of other programs and things that are no items */
const everyKind = () => JSON.parse(text);

/** @param {unknown} value @returns {string} JSON with the keys of every object in order */
function sorted(value) {
  return JSON.stringify(value, (_key, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

for (const version of [8, 9, 10, 11, 12, 3, '11', undefined]) {
  test(`a state of version ${version} is opened, drawn and given back as it came`, () => {
    const state = { ...everyKind(), version };
    const document = new GraphDocument(state);
    const { drawables } = sceneOf(document.entries, document.settings);
    assert.ok(drawables.some(({ key }) => key === '2'));
    assert.ok(!drawables.some(({ key }) => key === '12'), 'what is in a hidden folder is not drawn');
    assert.equal(sorted(document.toState()), sorted(state));
  });
}

test('what each edit names is changed, and all the rest is as it came', () => {
  const document = new GraphDocument(everyKind());
  const want = everyKind();
  document.entries.forEach(({ key, item }, index) => {
    if (itemKind(item) === 'unknown') return;
    document.update(key, { edited: index });
    want.expressions.list[index].edited = index;
  });
  document.setGraph({ showGrid: false });
  want.graph.showGrid = false;
  assert.equal(sorted(document.toState()), sorted(want));
  while (document.undo());
  assert.equal(sorted(document.toState()), sorted(everyKind()));
});

test('versions are known, or said to be others', () => {
  const kinds = [7, 8, 11, 12, '11', undefined, NaN].map(versionKind);
  assert.deepEqual(kinds, ['older', 'known', 'known', 'newer', 'unknown', 'unknown', 'unknown']);
});
