import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, isColor, settle } from './lib/grapher-page.js';

/** @param {unknown[]} list */
const stateOf = (list) => ({
  version: 11,
  randomSeed: '00',
  graph: { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 } },
  expressions: { list },
});

/** @param {string} id @param {string} latex @param {object} [more] */
const line = (id, latex, more) => ({ type: 'expression', id, color: '#c74440', latex, ...more });

describe('the expression list', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  /** @param {Awaited<ReturnType<GrapherLab['page']>>} grapher @returns {Promise<string[]>} the formulas, in order */
  const formulas = async (grapher) => {
    await settle(grapher.page);
    return (await grapher.state()).expressions.list.map((/** @type {{latex?: string}} */ item) => item.latex ?? '');
  };

  test('Enter makes rows, arrows move between them, Backspace takes an empty one away', async () => {
    const grapher = await lab.page();
    const { keyboard } = grapher.page;
    await grapher.page.getByRole('button', { name: 'Add expression' }).focus();
    await keyboard.press('Enter');
    await keyboard.type('y=1');
    await keyboard.press('Enter');
    await keyboard.type('y=3');
    await keyboard.press('ArrowUp');
    await keyboard.press('Enter');
    await keyboard.type('y=2');
    assert.deepEqual(await formulas(grapher), ['y=1', 'y=2', 'y=3']);
    await keyboard.press('ArrowDown');
    await keyboard.press('End');
    for (let i = 0; i < 3; i++) await keyboard.press('Backspace');
    assert.deepEqual(await formulas(grapher), ['y=1', 'y=2', '']);
    await keyboard.press('Backspace');
    assert.deepEqual(await formulas(grapher), ['y=1', 'y=2']);
    await keyboard.press('End');
    await keyboard.type('0');
    assert.deepEqual(await formulas(grapher), ['y=1', 'y=20'], 'the cursor went to the row above');
    const colors = (await grapher.state()).expressions.list.map((/** @type {{color: string}} */ item) => item.color);
    assert.notEqual(colors[0], colors[1]);
    await grapher.page.close();
  });

  test('the row that had the focus last stays at hand while the plane is looked at', async () => {
    const { page } = await lab.page({ state: stateOf([line('1', 'y=1'), line('2', 'y=2')]) });
    const atHand = page.locator('.graph-row[aria-current="true"] math-field');
    assert.equal(await atHand.count(), 0);
    await page.locator('math-field').nth(1).focus();
    assert.equal(await atHand.getAttribute('aria-label'), 'Expression 2');
    await page.locator('canvas').focus();
    assert.equal(await atHand.getAttribute('aria-label'), 'Expression 2');
    await page.getByRole('button', { name: 'Delete expression 2' }).click();
    assert.equal(await atHand.getAttribute('aria-label'), 'Expression 1');
    await page.close();
  });

  test('a formula longer than its field is seen from its beginning when the cursor has left it', async () => {
    const { page } = await lab.page({
      state: stateOf([line('1', 'y=a\\left(x-h\\right)^{2}+k\\left\\{0<x<3\\right\\}+\\sin x')]),
    });
    const field = page.locator('math-field');
    const scrolled = () => field.evaluate((it) => it.shadowRoot?.querySelector('[part~="content"]')?.scrollLeft);
    await field.focus();
    await page.keyboard.press('End');
    await settle(page);
    assert.ok(((await scrolled()) ?? 0) > 20, 'the cursor at the end is in sight');
    await page.locator('canvas').focus();
    await settle(page);
    assert.equal(await scrolled(), 0);
    await page.close();
  });

  test('a formula that is longer than its field fades out where it goes on, and has room on a tablet', async () => {
    const latex = 'y=ax^{4}+bx^{3}+cx^{2}+dx+k\\left\\{-6.57\\le x\\le6.23\\right\\}';
    const grapher = await lab.page({
      state: stateOf([line('1', latex)]),
      context: { hasTouch: true, isMobile: true, viewport: { width: 820, height: 1180 } },
    });
    const { page } = grapher;
    const field = page.locator('math-field');
    await field.waitFor();
    const content = () =>
      field.evaluate((it) => {
        const part = /** @type {Element} */ (it.shadowRoot?.querySelector('[part~="content"]'));
        return { width: part.getBoundingClientRect().width, mask: getComputedStyle(part).maskImage };
      });
    const { width, mask } = await content();
    assert.match(mask, /gradient/);
    assert.ok(width >= 160, `${width} px for the formula`);
    await field.tap();
    await page.waitForFunction(() => document.activeElement?.localName === 'math-field');
    assert.equal((await content()).mask, 'none', 'while it is typed in, all that is in the field is seen');
    await page.close();
  });

  test('a press on the empty part of the list goes on at its end, with one empty line at most', async () => {
    const grapher = await lab.page();
    const { page } = grapher;
    const press = () => page.locator('.graph-list').click({ position: { x: 150, y: 450 } });
    await press();
    await page.waitForFunction(() => document.activeElement?.localName === 'math-field');
    await page.keyboard.type('y=1');
    await press();
    await page.waitForFunction(() => document.querySelectorAll('.graph-row')[1]?.contains(document.activeElement));
    await press();
    await page.keyboard.type('y=2');
    assert.deepEqual(await formulas(grapher), ['y=1', 'y=2']);
    await page.close();
  });

  test('what is said of the last line, and the sliders it gets, come in sight', async () => {
    const grapher = await lab.page({
      state: stateOf(Array.from({ length: 12 }, (_, i) => line(String(i), i < 11 ? `y=${i}` : ''))),
    });
    const { page } = grapher;
    /** @param {string} selector selector whose last match should be visible */
    const isInSight = (selector) =>
      page.waitForFunction((wanted) => {
        const [list, bar, part] = ['.graph-list', '.graph-list-bar', wanted].map((one) =>
          [...document.querySelectorAll(one)].at(-1)?.getBoundingClientRect(),
        );
        return list && bar && part && part.height > 0 && part.top >= bar.bottom - 1 && part.bottom <= list.bottom + 1;
      }, selector);
    // Rows that have not been visible have no field yet.
    await page.locator('.graph-row').last().scrollIntoViewIfNeeded();
    await page.locator('.graph-row').last().locator('math-field').focus();
    await page.keyboard.type('y=mq');
    await isInSight('.graph-offer-button');
    await page.getByRole('button', { name: 'Add slider: q' }).click();
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Slider for q');
    await isInSight('.graph-row');
    await page.close();
  });

  test('arrows move inside a fraction before they leave the row', async () => {
    const grapher = await lab.page({ state: stateOf([line('1', 'y=1'), line('2', 'y=2')]) });
    const { keyboard } = grapher.page;
    await grapher.page.locator('math-field').first().focus();
    await keyboard.press('End');
    await keyboard.type('/3');
    await keyboard.press('ArrowUp');
    await keyboard.type('7');
    assert.match((await formulas(grapher))[0], /^y=\\frac\{(17|71)\}\{3\}$/);
    await grapher.page.close();
  });

  const typed = [
    ['y=2x^10+1', String.raw`y=2x^{10}+1`],
    ['y=a(x-h)^2+k', String.raw`y=a\left(x-h\right)^{2}+k`],
    ['y=sqrt(x-1)+2', String.raw`y=\sqrt{x-1}+2`],
    ['sqrt((x+1)(x-1))+2', String.raw`\sqrt{\left(x+1\right)\left(x-1\right)}+2`],
    ['cbrt(x)', String.raw`\sqrt[3]{x}`],
    ['y=||x|-3|', String.raw`y=\left|\left|x\right|-3\right|`],
    ['y=|x-|2x||+1', String.raw`y=\left|x-\left|2x\right|\right|+1`],
    ['y=-x{-2<=x<=2}', String.raw`y=-x\left\{-2\le x\le2\right\}`],
    ['y=x^2{|x|<2}', String.raw`y=x^{2}\left\{\left|x\right|<2\right\}`],
    ['abs(x)>=1', String.raw`\operatorname{abs}\left(x\right)\ge1`],
    ['y=sin^2(x)', String.raw`y=\sin^{2}\left(x\right)`],
    ['y=log_2(x)*pi', String.raw`y=\log_{2}\left(x\right)\cdot\pi`],
    ['y=1/x+2', String.raw`y=\frac{1}{x+2}`],
    ['y=e^-x+b12', String.raw`y=e^{-x}+b_{12}`],
    ['y = a sin(b (x - c)) + d', String.raw`y=a\sin\left(b\left(x-c\right)\right)+d`],
    ['y = |x - 2| { 0 < x < 4 }', String.raw`y=\left|x-2\right|\left\{0<x<4\right\}`],
    ['y = sqrt(2 x) + 1 / 2 x', String.raw`y=\sqrt{2x}+\frac{1}{2}x`],
    ['y={x<0:-x,x^2}', String.raw`y=\left\{x<0:-x,x^{2}\right\}`],
    ['y={x<1/2:x^2,3}', String.raw`y=\left\{x<\frac{1}{2}:x^{2},3\right\}`],
    ['(1/2,t^2)', String.raw`\left(\frac{1}{2},t^{2}\right)`],
    ['[1/2,x^2]', String.raw`\left[\frac{1}{2},x^{2}\right]`],
    ['y=|x^2|+2^|x|', String.raw`y=\left|x^{2}\right|+2^{\left|x\right|}`],
    ['y=log_10x+sin^2x', String.raw`y=\log_{10}x+\sin^{2}x`],
    ['int', String.raw`\int_{}^{}`],
    ["f'(theta)", String.raw`f'\left(\theta\right)`],
    ['[1,2]', String.raw`\left[1,2\right]`],
    ['random(5)', String.raw`\operatorname{random}\left(5\right)`],
    ['sort(L)', String.raw`\operatorname{sort}\left(L\right)`],
    ['stdevp(L)', String.raw`\operatorname{stdevp}\left(L\right)`],
    ['stdev(L)', String.raw`\operatorname{stdev}\left(L\right)`],
    ['normaldist()', String.raw`\operatorname{normaldist}\left(\right)`],
    ['y = 2(x - 3)^2 + 1', String.raw`y=2\left(x-3\right)^{2}+1`],
    ['y = (x + 1) / (x - 2)', String.raw`y=\frac{\left(x+1\right)}{\left(x-2\right)}`],
    ['y = sqrt(x + 1) + |x - 2|', String.raw`y=\sqrt{x+1}+\left|x-2\right|`],
    ['y = sqrt x + 1/2 x', String.raw`y=\sqrt{x}+\frac{1}{2}x`],
    ['{x < 0: x^2 x, 2}', String.raw`\left\{x<0:x^{2}x,2\right\}`],
    ['[n^2 for n=[1...5]]', String.raw`\left[n^{2}\operatorname{for}n=\left[1...5\right]\right]`],
    ['a + b with a = 2', String.raw`a+b\operatorname{with}a=2`],
    ['a\\x', 'ax'],
  ];
  test('what students type becomes the formula they mean', async () => {
    const grapher = await lab.page({ state: stateOf([line('1', '')]) });
    const field = grapher.page.locator('math-field');
    for (const [keys, want] of typed) {
      await grapher.page.evaluate('probe.grapher.setState({expressions: {list: [{type: "expression", id: "1"}]}})');
      await field.focus();
      await grapher.page.keyboard.type(keys);
      assert.deepEqual(await formulas(grapher), [want], keys);
    }
    assert.deepEqual(grapher.complaints, []);
    await grapher.page.close();
  });

  test('brackets and bars are typed on a keyboard that has them elsewhere', async () => {
    const grapher = await lab.page({ state: stateOf([line('1', '')]) });
    await grapher.page.locator('math-field').focus();
    const session = await grapher.page.context().newCDPSession(grapher.page);
    const [alt, shift] = [1, 8];
    // As on a Mac's German keyboard.
    /** @type {Record<string, [code: string, modifiers: number]>} */
    const keys = {
      '{': ['Digit8', alt],
      '}': ['Digit9', alt],
      '|': ['Digit7', alt],
      '/': ['Digit7', shift],
      '(': ['Digit8', shift],
      ')': ['Digit9', shift],
      '<': ['IntlBackslash', 0],
      '-': ['Slash', 0],
    };
    for (const key of '||x|-3|/(\u221ax){x<1}') {
      const [code, modifiers] = keys[key] ?? ['', 0];
      await session.send('Input.dispatchKeyEvent', { type: 'keyDown', key, code, modifiers, text: key });
      await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code, modifiers });
    }
    const want = String.raw`\frac{\left|\left|x\right|-3\right|}{\left(\sqrt{x}\right)\left\{x<1\right\}}`;
    assert.deepEqual(await formulas(grapher), [want]);
    await grapher.page.close();
  });

  test('a line that cannot be drawn says why, and the others still are', async () => {
    const grapher = await lab.page({
      state: stateOf([line('1', 'y=x+'), line('2', 'y=3'), line('3', '2+3'), line('4', 'a\\to 1')]),
    });
    const rows = grapher.page.getByRole('listitem');
    assert.match(await rows.nth(0).locator('.graph-message').innerText(), /missing/);
    assert.equal(await rows.nth(2).locator('.graph-message').innerText(), '= 5');
    assert.match(await rows.nth(3).locator('.graph-message').innerText(), /kept/);
    assert.equal(await rows.nth(1).locator('.graph-message').isVisible(), false);
    assert.ok(isColor(await grapher.colorAt(4.5, 3), '#c74440'));
    await grapher.page.close();
  });

  test('a mistake is complained of only when the typing rests, and then aloud', async () => {
    const grapher = await lab.page();
    await grapher.page.getByRole('button', { name: 'Add expression' }).click();
    await grapher.page.keyboard.type('y=2x+');
    await settle(grapher.page);
    assert.equal(await grapher.page.locator('.graph-message').isVisible(), false);
    await grapher.page.locator('.graph-message').waitFor({ state: 'visible' });
    assert.match(await grapher.page.locator('.graph-status').innerText(), /^Expression 1: .*missing/);
    await grapher.page.keyboard.type('1');
    await settle(grapher.page);
    assert.equal(await grapher.page.locator('.graph-message').isVisible(), false, 'set right, it is forgotten at once');
    await grapher.page.close();
  });

  test('the colour button hides and shows, delete takes away, undo brings back', async () => {
    const grapher = await lab.page({ state: stateOf([line('1', 'y=3'), line('2', 'y=4', { color: '#123456' })]) });
    const { page } = grapher;
    await page.getByRole('button', { name: 'Expression 1, red, shown' }).click();
    assert.ok(!isColor(await grapher.colorAt(4.5, 3), '#c74440'));
    assert.equal((await grapher.state()).expressions.list[0].hidden, true);
    await page.getByRole('button', { name: 'Expression 1, red, hidden' }).click();
    assert.ok(!('hidden' in (await grapher.state()).expressions.list[0]));
    await page.getByRole('button', { name: 'Delete expression 2' }).click();
    assert.deepEqual(await formulas(grapher), ['y=3']);
    await page.keyboard.press('Control+z');
    assert.deepEqual(await formulas(grapher), ['y=3', 'y=4']);
    await page.keyboard.press('Control+Shift+z');
    assert.deepEqual(await formulas(grapher), ['y=3']);
    const redo = page.getByRole('button', { name: 'Redo' });
    assert.equal(await redo.getAttribute('aria-disabled'), 'true');
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.deepEqual(await formulas(grapher), ['y=3', 'y=4']);
    await redo.click();
    assert.deepEqual(await formulas(grapher), ['y=3']);
    await page.close();
  });

  test('typing is undone by the burst', async () => {
    const grapher = await lab.page({ state: stateOf([line('1', 'y=x')]) });
    await grapher.page.locator('math-field').focus();
    await grapher.page.keyboard.press('End');
    await grapher.page.keyboard.type('+12');
    assert.deepEqual(await formulas(grapher), ['y=x+12']);
    await grapher.page.keyboard.press('Control+z');
    assert.deepEqual(await formulas(grapher), ['y=x']);
    assert.equal(await grapher.page.locator('math-field').evaluate((field) => /** @type {any} */ (field).value), 'y=x');
    await grapher.page.close();
  });

  test('a letter without a value is offered a slider, and the slider draws', async () => {
    const grapher = await lab.page({ state: stateOf([line('1', 'y=ax+k')]) });
    const { page } = grapher;
    await page.getByRole('button', { name: 'Add all sliders' }).click();
    assert.deepEqual(await formulas(grapher), ['y=ax+k', 'a=1', 'k=1']);
    assert.ok(isColor(await grapher.colorAt(3, 4), '#c74440'));
    await page.getByRole('slider', { name: 'Slider for k' }).fill('-2');
    assert.deepEqual(await formulas(grapher), ['y=ax+k', 'a=1', 'k=-2']);
    assert.ok(isColor(await grapher.colorAt(3, 1), '#c74440'));
    await page.close();
  });

  test('a slider keeps the limits of the state and its other keys', async () => {
    const slider = { hardMin: true, hardMax: true, min: '-8', max: '12', step: '0.5', loopMode: 'PLAY_ONCE' };
    const grapher = await lab.page({ state: stateOf([line('1', 'b=11.5', { slider })]) });
    const range = grapher.page.getByRole('slider');
    assert.equal(await range.getAttribute('max'), '12');
    await range.focus();
    await grapher.page.keyboard.press('ArrowLeft');
    await settle(grapher.page);
    assert.deepEqual((await grapher.state()).expressions.list, [line('1', 'b=11', { slider })]);
    await grapher.page.close();
  });

  test('what is not edited here is named and kept', async () => {
    const list = [
      { type: 'text', id: '1', text: 'The arch is 12 m wide.' },
      { type: 'simulation', id: '2', fps: '10' },
      { type: 'folder', id: '4', title: 'Arches', collapsed: true },
      { type: 'image', id: '5', name: 'bridge.jpg', image_url: 'data:image/png;base64,AA==', folderId: '4' },
      { type: 'hologram', id: '6', depth: { layers: [1, 2] } },
      line('7', 'y=1', { clickableInfo: { enabled: true } }),
      null,
    ];
    const state = { ...stateOf(list), unknownAtTheTop: [true] };
    const grapher = await lab.page({ state });
    await grapher.page.getByRole('button', { name: 'Open Arches' }).waitFor();
    const rows = await grapher.page
      .locator('.graph-row')
      .evaluateAll((nodes) =>
        nodes.map((node) =>
          [
            node.textContent,
            ...Array.from(node.querySelectorAll('input, textarea'), (field) => Reflect.get(field, 'value')),
          ].join(' '),
        ),
      );
    const words = ['The arch is 12 m wide.', 'Simulation', 'Arches', 'bridge.jpg', 'Something made elsewhere'];
    words.forEach((word, index) => assert.match(rows[index], new RegExp(word)));
    await grapher.page.getByRole('button', { name: 'Expression 6, red, shown' }).click();
    await settle(grapher.page);
    const want = structuredClone(state);
    Object.assign(/** @type {object} */ (want.expressions.list[5]), { hidden: true });
    assert.deepEqual(await grapher.state(), want);
    await grapher.page.close();
  });

  test('read-only, it can be looked at and nothing else', async () => {
    const state = stateOf([line('1', 'y=ax'), line('2', 'b=2')]);
    const grapher = await lab.page({ state, readOnly: true });
    const { page } = grapher;
    for (const name of ['Add expression', 'Undo', 'Delete expression 1', 'Add slider: a']) {
      assert.equal(await page.getByRole('button', { name }).count(), 0, name);
    }
    assert.equal(await page.getByRole('slider').isDisabled(), true);
    await page.locator('math-field').first().focus();
    await page.keyboard.type('x');
    await page.keyboard.press('Enter');
    await page.locator('canvas').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Control+z');
    await settle(page);
    assert.equal(await grapher.edits(), 0);
    assert.deepEqual(await grapher.state(), state);
    await page.evaluate('probe.grapher.setReadOnly(false)');
    await page.getByRole('button', { name: 'Add expression' }).click();
    assert.equal((await formulas(grapher)).length, 3);
    await page.close();
  });

  test('without MathLive, formulas are typed in plain letters', async () => {
    const grapher = await lab.page({ state: stateOf([line('1', 'y=\\frac{1}{2}x')]), mathLive: false });
    const { page } = grapher;
    const first = page.getByRole('textbox', { name: 'Expression 1' });
    assert.equal(await first.inputValue(), 'y = (1/2)x');
    assert.deepEqual(await formulas(grapher), ['y=\\frac{1}{2}x'], 'showing it is no edit');
    await first.press('Enter');
    await page.keyboard.type('y = sqrt(x)');
    assert.deepEqual(await formulas(grapher), ['y=\\frac{1}{2}x', String.raw`y=\sqrt{x}`]);
    assert.ok(isColor(await grapher.colorAt(9, 3), '#2d70b3'));
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('End');
    await page.keyboard.type('+1');
    assert.deepEqual(await formulas(grapher), [String.raw`y=\left(\frac{1}{2}\right)x+1`, String.raw`y=\sqrt{x}`]);
    await page.close();
  });

  test("on a phone the device's own keyboard types, and the formula is shown as mathematics", async () => {
    const context = { hasTouch: true, isMobile: true, viewport: { width: 400, height: 800 } };
    const grapher = await lab.page({ state: stateOf([line('1', 'y=x')]), context });
    const { page } = grapher;
    await page.getByRole('button', { name: 'Keypad' }).tap();
    await page.getByRole('button', { name: 'Add expression' }).tap();
    const field = page.getByRole('textbox', { name: 'Expression 2' });
    await page.keyboard.type('y = 1/2 sqrt(x)');
    assert.equal(await field.evaluate((node) => document.activeElement === node), true);
    assert.deepEqual(await formulas(grapher), ['y=x', String.raw`y=\frac{1}{2}\sqrt{x}`]);
    const picture = page.locator('math-field').nth(1);
    assert.equal(await picture.isVisible(), false, 'while it is typed in, the letters are seen');
    await page.getByRole('textbox', { name: 'Expression 1' }).tap();
    assert.equal(await picture.isVisible(), true);
    assert.match(String(await picture.evaluate((node) => /** @type {any} */ (node).value)), /sqrt/);
    assert.equal(await field.evaluate((node) => getComputedStyle(node).opacity), '0');
    await page.close();
  });

  test('on a phone what is being typed stays to the letter when MathLive comes in the midst of it', async () => {
    let arrive = () => {};
    const mathLive = new Promise((resolve) => {
      arrive = () => resolve(undefined);
    });
    const context = { hasTouch: true, isMobile: true, viewport: { width: 400, height: 800 } };
    const grapher = await lab.page({ state: stateOf([line('1', '')]), mathLive, context });
    const { page } = grapher;
    await page.getByRole('textbox', { name: 'Expression 1' }).tap();
    await page.keyboard.type('y = 1/2');
    arrive();
    await page.waitForFunction(() => customElements.get('math-field') !== undefined);
    await page.keyboard.type(' sqrt(x)');
    assert.equal(await page.getByRole('textbox', { name: 'Expression 1' }).inputValue(), 'y = 1/2 sqrt(x)');
    await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
    await page.locator('math-field').waitFor();
    assert.deepEqual(await formulas(grapher), [String.raw`y=\frac{1}{2}\sqrt{x}`]);
    await page.close();
  });

  test('a formula is pasted in plain letters or as LaTeX', async () => {
    const grapher = await lab.page();
    const pasted = [
      ['y = 2 sqrt(x-1)', String.raw`y=2\sqrt{x-1}`],
      ['f(x) = sin(2x)\n', String.raw`f\left(x\right)=\sin\left(2x\right)`],
      [String.raw`\frac12x`, String.raw`\frac{1}{2}x`],
    ];
    for (const [text, want] of pasted) {
      await grapher.page.evaluate('probe.grapher.setState({expressions: {list: [{type: "expression", id: "1"}]}})');
      await grapher.page.locator('math-field').focus();
      await grapher.page.locator('math-field').evaluate((field, text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', text);
        const sink = field.shadowRoot?.querySelector('[part~="keyboard-sink"]');
        const init = { clipboardData, bubbles: true, composed: true, cancelable: true };
        sink?.dispatchEvent(new ClipboardEvent('paste', init));
      }, text);
      assert.deepEqual(await formulas(grapher), [want]);
    }
    await grapher.page.close();
  });

  test('going through the rows respells nothing', async () => {
    const odd = [
      'y=2x(x+1)',
      'x^2',
      '\\frac12x',
      'y=||x|-3|',
      '\\operatorname{sin}x',
      'f\\left(x\\right)=\\ln{x}',
      'y \\le x',
    ];
    const state = stateOf(odd.map((latex, index) => line(String(index + 1), latex)));
    const grapher = await lab.page({ state });
    await grapher.page.locator('math-field').first().focus();
    for (let i = 0; i < odd.length; i++) {
      for (const key of ['Home', 'ArrowRight', 'Shift', 'End', 'Escape', 'ArrowDown'])
        await grapher.page.keyboard.press(key);
    }
    await grapher.page.getByRole('button', { name: 'Add expression' }).focus();
    await settle(grapher.page);
    assert.equal(await grapher.edits(), 0);
    assert.deepEqual(await grapher.state(), state);
    await grapher.page.close();
  });

  test('an edit is reported before the grapher goes', async () => {
    const grapher = await lab.page({ state: stateOf([line('1', 'y=x')]) });
    const reported = await grapher.page.evaluate(() => {
      const { grapher, reported } = /** @type {any} */ (globalThis).probe;
      /** @type {HTMLElement} */ (document.querySelector('.graph-swatch')).click();
      grapher.destroy();
      const left = document.querySelector('#graph')?.childElementCount;
      return { count: reported.length, hidden: reported[0]?.expressions.list[0].hidden, left };
    });
    assert.deepEqual(reported, { count: 1, hidden: true, left: 0 });
    await grapher.page.close();
  });
});
