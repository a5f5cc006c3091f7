import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, settle } from './lib/grapher-page.js';

/** @param {unknown[]} list */
const stateOf = (list) => ({
  version: 11,
  randomSeed: '00',
  graph: { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 } },
  expressions: { list },
});

/** @param {string} id @param {string} latex @param {object} [more] */
const line = (id, latex, more) => ({ type: 'expression', id, color: '#c74440', latex, ...more });

describe('sliders', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  /** @typedef {Awaited<ReturnType<GrapherLab['page']>>} Grapher */

  /** @param {Grapher} grapher @param {number} [index] */
  const item = async (grapher, index = 0) => {
    await settle(grapher.page);
    return (await grapher.state()).expressions.list[index];
  };

  /** Returns the current value of a slider, which may differ from the state. @param {Grapher} grapher */
  const shown = (grapher) =>
    grapher.page
      .locator('.graph-slider-range')
      .first()
      .evaluate((range) => /** @type {HTMLInputElement} */ (range).valueAsNumber);

  /** @param {Grapher} grapher @param {(value: number) => boolean} holds */
  const until = async (grapher, holds) => {
    const end = Date.now() + 20_000;
    for (let value = await shown(grapher); ; value = await shown(grapher)) {
      if (holds(value)) return value;
      assert.ok(Date.now() < end, `it stays at ${value}`);
      await settle(grapher.page);
    }
  };

  test('with the keyboard: arrows, pages, home and end', async () => {
    const grapher = await lab.page({ state: stateOf([line('1', 'a=2'), line('2', 'y=ax')]) });
    const range = grapher.page.getByRole('slider', { name: 'Slider for a' });
    await range.focus();
    for (const [key, want] of [
      ['ArrowRight', 'a=2.1'],
      ['ArrowDown', 'a=2'],
      ['End', 'a=10'],
      ['PageDown', 'a=8'],
      ['Home', 'a=-10'],
    ]) {
      await grapher.page.keyboard.press(key);
      assert.equal((await item(grapher)).latex, want, key);
    }
    await grapher.page.close();
  });

  test('a drag is one step of undo, however long it rests in between', async () => {
    const grapher = await lab.page({ pause: 500, state: stateOf([line('1', 'a=0')]) });
    const box = await grapher.page.locator('.graph-slider-range').boundingBox();
    assert.ok(box);
    const { mouse, keyboard } = grapher.page;
    await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await mouse.down();
    await mouse.move(box.x + box.width * 0.7, box.y + box.height / 2);
    await settle(grapher.page);
    await grapher.page.waitForTimeout(1000);
    await mouse.move(box.x + box.width * 0.9, box.y + box.height / 2);
    await mouse.up();
    assert.ok(Number((await item(grapher)).latex.slice(2)) > 6);
    await keyboard.press('Control+z');
    assert.equal((await item(grapher)).latex, 'a=0');
    await grapher.page.close();
  });

  test('limits and step are edited in place, and may be formulas', async () => {
    const grapher = await lab.page({ state: stateOf([line('1', 'a=1'), line('2', 'b=4')]) });
    const { page } = grapher;
    await page.locator('math-field').nth(1).waitFor();
    await page.getByRole('button', { name: 'Smallest a: \u221210' }).click();
    assert.equal(await page.getByRole('textbox', { name: 'From', exact: true }).inputValue(), '');
    assert.equal(await page.getByRole('combobox', { name: 'Speed' }).inputValue(), '1');
    await page.keyboard.type('-b');
    await page.keyboard.press('Tab');
    await page.keyboard.type('2pi');
    await page.keyboard.press('Tab');
    await page.keyboard.type('0.5');
    await page.keyboard.press('Enter');
    assert.deepEqual((await item(grapher)).slider, {
      min: '-b',
      hardMin: true,
      max: '2\\pi',
      hardMax: true,
      step: '0.5',
    });
    assert.equal(await page.getByRole('group', { name: 'Settings of the slider for a' }).isVisible(), false);
    const range = page.getByRole('slider', { name: 'Slider for a' });
    assert.deepEqual(await range.evaluate((node) => [node.getAttribute('min'), node.getAttribute('step')]), [
      '-4',
      '0.5',
    ]);
    assert.equal(await page.getByRole('button', { name: 'Largest a: 2\u03c0' }).isVisible(), true);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    assert.equal((await item(grapher)).slider, undefined);
    await page.close();
  });

  test('limits that leave no room are told, and can be set right', async () => {
    const grapher = await lab.page({
      state: stateOf([line('1', 'a=1', { slider: { hardMin: true, min: '8', hardMax: true, max: '3' } })]),
    });
    const { page } = grapher;
    assert.match(await page.locator('.graph-slider-fault').innerText(), /below the largest/);
    await page.getByRole('textbox', { name: 'From', exact: true }).fill('-3');
    await settle(page);
    assert.equal(await page.locator('.graph-slider-fault').isVisible(), false);
    assert.deepEqual((await item(grapher)).slider, { hardMin: true, min: '-3', hardMax: true, max: '3' });
    await page.close();
  });

  test('a slider plays without a flood of edits, and keeps where it was paused', async () => {
    const PERIOD = 8000; // Long enough that a slow machine sees it rising and falling.
    const grapher = await lab.page({
      state: stateOf([line('1', 'a=0', { slider: { animationPeriod: PERIOD, unheard: 1 } }), line('2', 'y=a')]),
    });
    const { page } = grapher;
    await page.getByRole('button', { name: 'Play a' }).click();
    await until(grapher, (value) => value > 4);
    assert.equal(await grapher.edits(), 1, 'that it plays is an edit, where it is in between is none');
    assert.deepEqual(
      await item(grapher),
      line('1', 'a=0', { slider: { animationPeriod: PERIOD, unheard: 1, isPlaying: true } }),
    );
    await until(grapher, (value) => value < 4);
    await page.getByRole('button', { name: 'Pause a' }).click();
    const paused = await item(grapher);
    const value = Number(paused.latex.slice(2));
    assert.ok(value !== 0 && Math.abs(value - (await shown(grapher))) < 0.1, paused.latex);
    assert.deepEqual(paused.slider, { animationPeriod: PERIOD, unheard: 1, playDirection: -1 });
    assert.equal(await grapher.edits(), 2);
    await page.keyboard.press('Control+z');
    assert.equal((await item(grapher)).latex, 'a=0');
    assert.equal(
      await page.getByRole('button', { name: 'Play a' }).isVisible(),
      true,
      'undo does not set it playing again',
    );
    await page.close();
  });

  test('one that plays once stops by itself at its end', async () => {
    const slider = { animationPeriod: 400, loopMode: 'PLAY_ONCE', hardMax: true, max: '12', step: '1.5' };
    const grapher = await lab.page({ state: stateOf([line('1', 'b=11.8', { slider })]) });
    await grapher.page.getByRole('button', { name: 'Play b' }).click();
    await until(grapher, (value) => value === 11);
    await grapher.page.getByRole('button', { name: 'Play b' }).waitFor();
    const { latex, slider: after } = await item(grapher);
    assert.equal(latex, 'b=11');
    assert.deepEqual(after, slider);
    await grapher.page.close();
  });

  test('what the state says plays, unless less motion is wanted', async () => {
    const state = stateOf([line('1', 'a=0', { slider: { isPlaying: true, animationPeriod: 1000 } })]);
    const grapher = await lab.page({ state });
    await until(grapher, (value) => value > 1);
    assert.equal(await grapher.edits(), 0);
    await grapher.page.close();
    const calm = await lab.page({ state, context: { reducedMotion: 'reduce' } });
    await calm.page.waitForTimeout(300);
    assert.equal(await shown(calm), 0);
    await calm.page.getByRole('button', { name: 'Play a' }).click();
    await until(calm, (value) => value !== 0);
    await calm.page.close();
  });

  test('a number typed while it plays is where it goes on from, and dragging stops it', async () => {
    const grapher = await lab.page({
      state: stateOf([line('1', 'a=0', { slider: { isPlaying: true, animationPeriod: 20_000 } })]),
    });
    await grapher.page.evaluate(
      'probe.grapher.setState({expressions: {list: [{type: "expression", id: "1", latex: "a=7", slider: {isPlaying: true, animationPeriod: 20000}}]}})',
    );
    await until(grapher, (value) => value > 7);
    await grapher.page.locator('.graph-slider-range').focus();
    await grapher.page.keyboard.press('Home');
    assert.deepEqual(await item(grapher), {
      type: 'expression',
      id: '1',
      latex: 'a=-10',
      slider: { animationPeriod: 20_000 },
    });
    await grapher.page.close();
  });

  test('by touch, and on a narrow screen, everything is large enough', async () => {
    const context = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };
    const grapher = await lab.page({ state: stateOf([line('1', 'a=2', { slider: { min: '5' } })]), context });
    await grapher.page.locator('math-field').waitFor();
    await grapher.page.getByRole('button', { name: /Largest a/ }).tap();
    await grapher.page.getByRole('textbox', { name: 'From', exact: true }).waitFor();
    const sizes = await grapher.page.locator('.graph-slider :is(button, input, select)').evaluateAll((nodes) =>
      nodes.map((node) => {
        const { width, height } = node.getBoundingClientRect();
        return Math.min(width, height);
      }),
    );
    assert.ok(sizes.length > 8 && Math.min(...sizes) >= 43.99, sizes.join(' '));
    const [inner, scroll] = await grapher.page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
    assert.ok(scroll <= inner);
    await grapher.page.getByRole('combobox', { name: 'Plays' }).selectOption('once');
    await grapher.page.getByRole('combobox', { name: 'Speed' }).selectOption('2\u00d7');
    assert.deepEqual((await item(grapher)).slider, { min: '5', loopMode: 'PLAY_ONCE', animationPeriod: 2000 });
    await grapher.page.close();
  });

  test('who only looks slides nothing, and nothing plays', async () => {
    const grapher = await lab.page({
      state: stateOf([line('1', 'a=2', { slider: { isPlaying: true } })]),
      readOnly: true,
    });
    assert.equal(await grapher.page.locator('.graph-slider-play').isVisible(), false);
    assert.equal(await grapher.page.locator('.graph-slider-range').isDisabled(), true);
    assert.equal(await shown(grapher), 2);
    await grapher.page.close();
  });
});
