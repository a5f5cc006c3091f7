/** The journal in a browser's localStorage. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { UnloadJournal } from '../../../js/sync/device/unload-journal.js';

/** Keys are own properties, as in browsers. */
class FakeStorage {
  /** @param {string} key */
  getItem(key) {
    return Object.entries(this).find(([each]) => each === key)?.[1] ?? null;
  }

  /** @param {string} key @param {string} value */
  setItem(key, value) {
    Object.assign(this, { [key]: value });
  }

  /** @param {string} key */
  removeItem(key) {
    Reflect.deleteProperty(this, key);
  }
}

before(() => Object.assign(globalThis, { window: new EventTarget() }));

/** @param {string} type @returns {import('../../../js/sync/device/drafts.js').Draft} */
const draft = (type) => ({ owner: '', type, typed: {}, settled: [] });

/** Replaces the storage, so that no entries of other tests are left. */
const empty = () => void Object.assign(globalThis, { localStorage: new FakeStorage() });

test('what was given back stays when the page strikes out its own, and goes to who takes over', () => {
  empty();
  const journal = new UnloadJournal('museum');
  journal.put([draft('linear')]);
  journal.giveBack([draft('cubic')]);
  journal.giveBack([draft('square')]);
  journal.strike();
  assert.deepEqual(new UnloadJournal('museum').take(), [draft('cubic'), draft('square')]);
  assert.deepEqual(journal.take(), []);
});

test('other pages hear of what is put down and struck out, and not of what is given back: they would take it in turns for ever', () => {
  empty();
  const journal = new UnloadJournal('museum');
  /** @type {string[]} */
  const heard = [];
  journal.onPut(() => heard.push('put'));
  journal.onStrike(() => heard.push('strike'));
  const other = new UnloadJournal('museum');
  const tell = (/** @type {() => void} */ does) => {
    const seen = { ...localStorage };
    does();
    for (const key of new Set([...Object.keys(seen), ...Object.keys(localStorage)])) {
      const newValue = localStorage.getItem(key);
      if (newValue !== (seen[key] ?? null))
        window.dispatchEvent(Object.assign(new Event('storage'), { key, newValue }));
    }
  };
  tell(() => other.put([draft('linear')]));
  tell(() => other.strike());
  tell(() => other.giveBack([draft('cubic')]));
  assert.deepEqual(heard, ['put', 'strike']);
});
