import { beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { Drag } from '../../../../js/graph/ui/parts/drag.js';

const MOUSE = /** @type {const} */ ({ kind: 'mouse', shiftKey: false });
const FINGER = /** @type {const} */ ({ kind: 'touch', shiftKey: false });

/** @type {string[]} what the plane has been told */
let told = [];

/** @param {import('../../../../js/graph/ui/parts/drag.js').PlaneMoves['grab']} [grab] */
function drag(grab = () => null) {
  return new Drag({
    pan: (dx, dy) => told.push(`pan ${dx} ${dy}`),
    zoom: (_, factor) => told.push(`zoom ${factor}`),
    tap: (at) => told.push(`tap ${at.x} ${at.y}`),
    hover: () => {},
    grab,
  });
}

/** @param {{canPinch?: boolean}} [can] */
function handle({ canPinch = false } = {}) {
  return () => ({
    move: (/** @type {{x: number, y: number}} */ at) => told.push(`move ${at.x} ${at.y}`),
    ...(canPinch && { pinch: () => told.push('pinch') }),
    end: () => told.push('end'),
    cancel: () => told.push('cancel'),
  });
}

beforeEach(() => {
  told = [];
});

test('a drag moves the plane by all it moved, and is no tap', () => {
  const hand = drag();
  hand.begin(1, { x: 10, y: 10 }, MOUSE);
  hand.move(1, { x: 11, y: 10 });
  hand.move(1, { x: 20, y: 5 });
  hand.end(1, true);
  assert.deepEqual(told, ['pan 10 -5']);
});

test('a finger that trembles taps; the mouse is held to less', () => {
  const hand = drag();
  hand.begin(1, { x: 10, y: 10 }, FINGER);
  hand.move(1, { x: 14, y: 10 });
  hand.end(1, true);
  assert.deepEqual(told, ['tap 10 10']);
});

test('what is grabbed is moved in place of the plane, and let go at the end', () => {
  const hand = drag(handle());
  hand.begin(1, { x: 10, y: 10 }, MOUSE);
  hand.move(1, { x: 30, y: 10 });
  hand.end(1, true);
  assert.deepEqual(told, ['move 30 10', 'end']);
});

test('a grab that never moved is cancelled, and is a tap', () => {
  const hand = drag(handle());
  hand.begin(1, { x: 10, y: 10 }, MOUSE);
  hand.end(1, true);
  assert.deepEqual(told, ['cancel', 'tap 10 10']);
});

test('a drag that the browser takes away leaves things as they were', () => {
  const hand = drag(handle());
  hand.begin(1, { x: 10, y: 10 }, FINGER);
  hand.move(1, { x: 50, y: 10 });
  hand.end(1, false);
  assert.deepEqual(told, ['move 50 10', 'cancel']);
});

test('two fingers zoom the plane though one of them came down on something small', () => {
  const hand = drag(handle());
  hand.begin(1, { x: 0, y: 0 }, FINGER);
  hand.begin(2, { x: 100, y: 0 }, FINGER);
  hand.move(2, { x: 200, y: 0 });
  hand.end(2, true);
  hand.end(1, true);
  assert.deepEqual(told, ['cancel', 'pan 50 0', 'zoom 2']);
});

test('what can be held by two fingers is; when one is lifted, the other does not move the plane', () => {
  const hand = drag(handle({ canPinch: true }));
  hand.begin(1, { x: 0, y: 0 }, FINGER);
  hand.begin(2, { x: 100, y: 0 }, FINGER);
  hand.move(2, { x: 200, y: 0 });
  hand.end(2, true);
  hand.move(1, { x: 50, y: 50 });
  hand.end(1, true);
  assert.deepEqual(told, ['pinch', 'end']);
});

test('a third finger does not count', () => {
  const hand = drag();
  hand.begin(1, { x: 0, y: 0 }, FINGER);
  hand.begin(2, { x: 100, y: 0 }, FINGER);
  assert.equal(hand.begin(3, { x: 50, y: 0 }, FINGER), false);
});
