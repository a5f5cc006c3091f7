import { test } from 'node:test';
import assert from 'node:assert/strict';
import { deviceName } from '../../../js/museum/device-name.js';
import { byDay, dayOf, deviceOf, marksOf, whenOf } from '../../../js/museum/history.js';

const NOW = new Date(2026, 2, 1, 9, 30);

/**
 * @param {Date} time
 * @param {Partial<import('../../../js/museum/history.js').Version>} [more]
 * @returns {import('../../../js/museum/history.js').Version}
 */
function version(time, more = {}) {
  return {
    version: 1,
    saved_at: time.toISOString(),
    device: '',
    this_device: false,
    deleted: false,
    conflict: 'none',
    description: '',
    completed: false,
    desmos_state: null,
    ...more,
  };
}

test('days are named as people do, across months and years', () => {
  assert.equal(dayOf(new Date(2026, 2, 1, 0, 1), NOW), 'Today');
  assert.equal(dayOf(new Date(2026, 1, 28, 23, 59), NOW), 'Yesterday');
  assert.match(dayOf(new Date(2026, 1, 27, 12, 0), NOW), /^Friday, February 27$/);
  assert.match(dayOf(new Date(2025, 11, 31, 12, 0), NOW), /2025/);
});

test('versions are listed by day, in their order', () => {
  const [first, second, third] = [
    version(new Date(2026, 2, 1, 9, 0)),
    version(new Date(2026, 2, 1, 8, 0)),
    version(new Date(2026, 1, 28, 8, 0)),
  ];
  assert.deepEqual(byDay([first, second, third], NOW), [
    { day: 'Today', versions: [first, second] },
    { day: 'Yesterday', versions: [third] },
  ]);
});

test('when, where and what is said in words', () => {
  assert.match(whenOf(version(new Date(2026, 2, 1, 9, 0)), NOW), /^today at 0?9:00/);
  assert.match(whenOf(version(new Date(2026, 1, 20, 9, 0)), NOW), /^on Friday, February 20 at 0?9:00/);
  assert.equal(deviceOf(version(NOW, { this_device: true, device: 'Firefox/1' })), 'this device');
  assert.deepEqual(marksOf(version(NOW, { completed: true, deleted: true, conflict: 'settled' })), [
    'completed',
    'taken down',
    'changed on two devices',
  ]);
  assert.deepEqual(marksOf(version(NOW)), []);
});

test('devices have plain names', () => {
  const named = {
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36':
      'Chrome on Windows',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0':
      'Edge on Windows',
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36':
      'Chrome on a Chromebook',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15':
      'Safari on a Mac',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1':
      'Safari on an iPhone',
    'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1':
      'Chrome on an iPad',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36':
      'Samsung Internet on Android',
    'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0': 'Firefox on Android',
    'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0': 'Firefox on Linux',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Other/1.0': 'a browser on Windows',
    'curl/8.1': 'another device',
    '': 'another device',
  };
  for (const [userAgent, name] of Object.entries(named)) assert.equal(deviceName(userAgent), name);
});
