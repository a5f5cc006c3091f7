import { test } from 'node:test';
import assert from 'node:assert/strict';
import { MemoryDevice } from '../../../js/sync/device/memory-device.js';
import { TabLock } from '../../../js/sync/device/tab-lock.js';

const DAY = 24 * 3_600_000;
const NOW = Date.parse('2026-03-02T10:00:00Z');

/** A tab that uses leases, as on plain http pages. @param {MemoryDevice} device */
function tab(device) {
  return new TabLock({ name: 'museum', device, tabs: /** @type {any} */ ({ tell() {}, onMessage() {} }) });
}

/** @param {import('node:test').TestContext} t */
async function settle(t) {
  for (let i = 0; i < 20; i++) {
    t.mock.timers.tick(100);
    await new Promise(setImmediate);
  }
}

for (const [name, ahead] of /** @type {[string, number][]} */ ([
  ['put back by a day', DAY],
  ['put back by a minute', 60_000],
  ['put ahead by a day', -DAY],
])) {
  test(`a lease of a tab that is gone does not keep others from sending when the clock was ${name}`, async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: NOW + ahead });
    const device = new MemoryDevice();
    assert.equal(await device.claim('sync', 'gone', Date.now() + 10_000, Date.now()), true);
    t.mock.timers.setTime(NOW);
    let runs = 0;
    void tab(device).exclusively('sync', async () => {
      runs += 1;
    });
    await settle(t);
    assert.equal(runs, 1);
  });
}

test('a tab that is at work keeps its turn', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: NOW });
  const device = new MemoryDevice();
  /** @type {() => void} */
  let end = () => undefined;
  /** @type {string[]} */
  const order = [];
  void tab(device).exclusively(
    'sync',
    () =>
      new Promise((resolve) => {
        order.push('first');
        end = () => resolve(undefined);
      }),
  );
  await settle(t);
  void tab(device).exclusively('sync', async () => {
    order.push('second');
  });
  for (let i = 0; i < 15; i++) await settle(t);
  assert.deepEqual(order, ['first']);
  end();
  await settle(t);
  assert.deepEqual(order, ['first', 'second']);
});
