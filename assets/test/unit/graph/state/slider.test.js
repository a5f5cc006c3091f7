import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limitChanges, playChanges, sliderOf, withSliderValue } from '../../../../js/graph/state/slider.js';

/** @typedef {import('../../../../js/graph/state/scene.js').Meaning} Meaning */

/**
 * @param {string} latex
 * @param {number} value
 * @param {object} [slider]
 * @param {[string, number][]} [limits] values of limits that are no plain numbers
 */
function slider(latex, value, slider, limits = []) {
  const entry = { key: '1', item: { type: 'expression', latex, slider } };
  return sliderOf(
    entry,
    new Map([
      ['1', /** @type {Meaning} */ ({ kind: 'value', value, definition: true, name: 'a' })],
      ...limits.map(
        ([name, limit]) =>
          /** @type {[string, Meaning]} */ ([
            `1\u0000slider.${name}`,
            { kind: 'value', value: limit, definition: false },
          ]),
      ),
    ]),
  );
}

/** @param {ReturnType<typeof slider>} found */
const track = (found) => found && [found.value, found.min, found.max, found.step];

test('a number with a name has a slider', () => {
  assert.deepEqual(slider('a=2', 2), {
    value: 2,
    min: -10,
    max: 10,
    step: 0,
    written: { min: '', max: '', step: '' },
    fault: null,
    play: { isPlaying: false, mode: 'LOOP_FORWARD_REVERSE', period: 4000, direction: 1 },
  });
  assert.deepEqual(track(slider('h_{1}=-0.5', -0.5)), [-0.5, -10, 10, 0]);
  assert.equal(slider('a=b+1', 2), null, 'a formula has none: sliding would destroy it');
  assert.equal(slider('a=2^{2}', 4), null);
});

test("limits are the state's", () => {
  assert.deepEqual(track(slider('a=1', 1, { min: '-8', max: '12', step: '1.1' })), [1, -8, 12, 1.1]);
  assert.equal(slider('a=40', 40)?.max, 40, 'a soft limit gives way');
  assert.equal(slider('a=40', 40, { hardMax: true, max: '12' })?.max, 12, 'a hard one does not');
  const bound = slider('a=1', 1, { hardMin: true, min: 'b', max: '2\\pi' }, [
    ['min', -3],
    ['max', 6.28],
  ]);
  assert.deepEqual(track(bound), [1, -3, 6.28, 0]);
  assert.deepEqual(bound?.written, { min: 'b', max: '2\\pi', step: '' });
});

test('limits that leave no track are told, and the usual ones used', () => {
  const turned = slider('a=1', 1, { hardMin: true, min: '5', hardMax: true, max: '5' });
  assert.deepEqual([turned?.fault, ...(track(turned) ?? [])], ['order', 1, -10, 10, 0]);
  const unknown = slider('a=20', 20, { min: 'q', hardMin: true, hardMax: true, max: '12' });
  assert.deepEqual([unknown?.fault, ...(track(unknown) ?? [])], ['min', 20, -10, 20, 0]);
  const step = slider('a=1', 1, { min: '0', hardMin: true, step: 'q' });
  assert.deepEqual([step?.fault, ...(track(step) ?? [])], ['step', 1, 0, 10, 0]);
});

test('a limit that is set is hard, an empty one is gone, and other keys stay', () => {
  const item = { slider: { step: '1', isPlaying: true, unheard: 7 } };
  assert.deepEqual(limitChanges(item, { min: 'b' }), {
    slider: { step: '1', isPlaying: true, unheard: 7, min: 'b', hardMin: true },
  });
  assert.deepEqual(limitChanges({ slider: { max: '4', hardMax: true } }, { max: '' }), { slider: undefined });
  assert.deepEqual(limitChanges({}, { step: '0.5' }), { slider: { step: '0.5' } });
});

test('how a slider plays is written as the format has it, what is usual left out', () => {
  const play = slider('a=1', 1, {
    isPlaying: true,
    loopMode: 'PLAY_ONCE',
    animationPeriod: 2666.6,
    playDirection: -1,
  })?.play;
  assert.deepEqual(play, { isPlaying: true, mode: 'PLAY_ONCE', period: 2666.6, direction: -1 });
  assert.equal(slider('a=1', 1, { loopMode: 'BACKWARDS', animationPeriod: -1 })?.play.mode, 'LOOP_FORWARD_REVERSE');
  const item = { slider: { isPlaying: true, loopMode: 'PLAY_ONCE', playDirection: -1, animationPeriod: 8000 } };
  const usual = playChanges(item, { isPlaying: false, mode: 'LOOP_FORWARD_REVERSE', direction: 1, period: 4000 });
  assert.deepEqual(usual, { slider: undefined });
  assert.deepEqual(playChanges(item, { mode: 'LOOP_FORWARD' }).slider, { ...item.slider, loopMode: 'LOOP_FORWARD' });
});

test('sliding writes a short number and keeps the name', () => {
  const free = { min: -10, max: 10, step: 0 };
  assert.equal(withSliderValue('a=2', 2.5, free), 'a=2.5');
  assert.equal(withSliderValue('h_{1}=-3', 0.1 + 0.2, free), 'h_{1}=0.3');
  assert.equal(withSliderValue('a=2', -1e-9, free), 'a=0');
  assert.equal(withSliderValue('a=2', 300, { min: 0, max: 1000, step: 100 }), 'a=300');
  assert.equal(withSliderValue('a=2', 0.0000125, { min: 0, max: 0.001, step: 0 }), 'a=0.000013');
});
