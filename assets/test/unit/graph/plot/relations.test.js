/** Long work is spread over several frames. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Relations } from '../../../../js/graph/plot/implicit/relations.js';
import { meaningOf } from '../support.js';
import { patient } from './patient.js';

/** @typedef {import('../../../../js/graph/lang/types.js').Curve2} Curve2 */
/** @typedef {import('../../../../js/graph/lang/types.js').Region} Region */

const SIZE = { width: 500, height: 400 };
const VIEW = { xmin: -10, xmax: 10, ymin: -8, ymax: 8 };
/** Time per evaluation on the simulated clock: a slow machine. */
const MS = 0.004;
/** No frame may take longer than this, including a step that was started when the time was up. */
const FRAME_MS = 16;

/**
 * @param {string} latex
 * @param {{ms: number}} clock that each evaluation is told to
 * @returns {(relations: Relations, view?: typeof VIEW) => Float64Array[]} draws it
 */
function drawer(latex, clock) {
  const meaning = meaningOf(latex);
  /** @template {unknown[]} A @template R @param {(...args: A) => R} f */
  const timed =
    (f) =>
    (/** @type {A} */ ...args) => {
      clock.ms += MS;
      return f(...args);
    };
  if (meaning.kind === 'implicit') {
    const [curve] = meaning.curves;
    const slow = { ...curve, value: timed(curve.value), interval: timed(curve.interval), slope: timed(curve.slope) };
    return (relations, view = VIEW) => relations.lines(slow, view, SIZE);
  }
  assert.ok(meaning.kind === 'inequality', latex);
  const [region] = meaning.regions;
  const slow = { ...region, holds: timed(region.holds), decide: timed(region.decide) };
  return (relations, view = VIEW) => relations.area(slow, view, SIZE);
}

const WILD = [
  'x^{y}=y^{x}',
  '\\tan\\left(xy\\right)=x',
  '\\left|\\sin\\left(x^{2}+y^{2}\\right)\\right|=0.5',
  '\\sin\\left(xy\\right)=\\cos\\left(x+y\\right)',
  '\\tan\\left(xy\\right)<x',
  'x^{y}>y^{x}',
  '\\sin\\left(1000xy\\right)=0',
  '\\operatorname{floor}\\left(x\\right)=\\operatorname{floor}\\left(y\\right)',
];

for (const latex of WILD) {
  test(`no picture of ${latex} takes longer than a frame, and the last one is the same as in one go`, () => {
    const clock = { ms: 0 };
    const draw = drawer(latex, clock);
    const relations = new Relations(undefined, () => clock.ms);
    let pictures = 0;
    for (;;) {
      const start = clock.ms;
      relations.begin();
      const lines = draw(relations);
      pictures += 1;
      assert.ok(clock.ms > start || relations.isWhole, 'each picture gets on');
      assert.ok(clock.ms - start < FRAME_MS, `${clock.ms - start} ms`);
      if (!relations.isWhole) continue;
      const once = patient();
      once.begin();
      assert.deepEqual(lines, draw(once));
      break;
    }
    assert.ok(pictures > 5, `${pictures} pictures`);
  });
}

test('a tile that was begun is finished, though the plane has moved on', () => {
  const clock = { ms: 0 };
  const draw = drawer('\\sin\\left(1000xy\\right)=0', clock);
  const relations = new Relations(undefined, () => clock.ms);
  const once = patient();
  once.begin();
  const start = clock.ms;
  draw(once);
  const inOneGo = clock.ms - start;
  let [spent, shift] = [0, 0];
  do {
    const before = clock.ms;
    relations.begin();
    // Back and forth by less than a tile, so that the view hardly changes.
    shift = shift === 0 ? 0.5 : 0;
    draw(relations, { ...VIEW, xmin: VIEW.xmin + shift, xmax: VIEW.xmax + shift });
    spent += clock.ms - before;
  } while (!relations.isWhole);
  assert.ok(spent < 1.3 * inOneGo, `${spent} ms instead of ${inOneGo}`);
});

test('a picture to keep is whole at once', () => {
  const clock = { ms: 0 };
  const draw = drawer('\\tan\\left(xy\\right)=x', clock);
  const relations = new Relations(undefined, () => clock.ms);
  relations.begin();
  const part = draw(relations);
  relations.begin(true);
  assert.ok(draw(relations).length > part.length);
  assert.ok(relations.isWhole);
});

test('between pictures the work goes on, and says when there is more to see', () => {
  const clock = { ms: 0 };
  const draw = drawer('\\tan\\left(xy\\right)=x', clock);
  const relations = new Relations(undefined, () => clock.ms);
  let [pictures, pauses] = [0, 0];
  for (let shown = -1; ; pictures++) {
    relations.begin();
    const lines = draw(relations);
    assert.ok(pictures === 0 || lines.length !== shown, 'each picture shows more than the one before');
    shown = lines.length;
    if (relations.isWhole) break;
    for (let isMore = false; !isMore; pauses++) {
      const start = clock.ms;
      isMore = relations.goOn();
      assert.ok(clock.ms - start < FRAME_MS, `${clock.ms - start} ms`);
    }
  }
  assert.ok(pauses > 2 * pictures, `${pictures} pictures, ${pauses} pauses`);
  assert.ok(relations.goOn(), 'a picture that nobody waits for is no reason to wait');
});
