import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interpret } from '../../../../js/graph/lang/index.js';
import { meaningOf } from '../support.js';

/** @param {string} latex @param {string[]} [definitions] */
function errorOf(latex, definitions) {
  const meaning = meaningOf(latex, definitions);
  assert.equal(meaning.kind, 'error', `${latex}: ${JSON.stringify(meaning)}`);
  return meaning.kind === 'error' ? meaning : assert.fail();
}

test('names without a meaning are named, so that a slider can be offered', () => {
  assert.deepEqual(errorOf('y=mx+b').missing, ['m', 'b']);
  assert.deepEqual(errorOf('y=a_{1}x').missing, ['a_{1}']);
  assert.deepEqual(errorOf('y=\\alpha x').missing, ['\\alpha']);
  assert.deepEqual(errorOf('y=ax', ['a=k+1']).missing, ['k'], 'also when another line needs it');
  assert.deepEqual(errorOf('(x-h)^2+(y-k)^2=4').missing, ['h', 'k']);
  assert.deepEqual(errorOf('y=x+t').missing, ['t']);
  assert.match(errorOf('y=\\beta_{12}x').message, /what β₁₂ is yet/, 'written as a student writes it');
  assert.match(errorOf('y=v_{max}x').message, /what v_max is yet/);
  assert.equal(errorOf('y=bx').message, "I don't know what b is yet. Give it a value: b=1");
});

test('what is missing is said', () => {
  for (const latex of [
    'y=2(x+1',
    'y=\\left(x+1',
    '\\frac{1}{2',
    'y=[1,2',
    'y=\\left\\{x>0',
    '\\sqrt{x',
    'y=(x+[1,2)',
    'f(2',
  ]) {
    assert.match(errorOf(latex).message, /^There is a bracket missing/, latex);
  }
  for (const latex of ['y=2x+1)', 'y=x]', 'y=\\frac{1}{2}}'])
    assert.match(errorOf(latex).message, /^There is a bracket too many/, latex);
  for (const latex of ['y=|x', 'y=\\left|x+1']) assert.match(errorOf(latex).message, /absolute value bar/, latex);
  for (const latex of [
    'y=',
    'y=2+',
    '=3',
    'y=x^',
    'y=\\frac{}{2}',
    'y=\\placeholder{}',
    'y=2\\cdot',
    'y=\\sqrt{\\placeholder{}}',
    '\\sum_{n=1}^{5}',
    '\\int_0^1x',
    'y=()',
    'y=x^{}',
  ]) {
    assert.equal(errorOf(latex).message, 'Something is still missing here.', latex);
  }
});

test('which bracket, and where', () => {
  for (const [latex, message] of [
    ['y=2(x+1', 'There is a bracket missing: the ( before x+1 is not closed.'],
    ['y=\\sin\\left(\\alpha x', 'There is a bracket missing: the ( before αx is not closed.'],
    ['y=((x+1)+2', 'There is a bracket missing: the ( before (x+ is not closed.'],
    ['[1,2', 'There is a bracket missing: the [ before 1,2 is not closed.'],
    ['y=x\\left\\{x>0', 'There is a bracket missing: the { before x>0 is not closed.'],
    ['y=\\left(\\frac{1}{2}', 'There is a bracket missing: the ( is not closed.'],
    ['y=2x+1)', 'There is a bracket too many: the ) after x+1 closes nothing.'],
    ['\\frac{1}{2', 'There is a bracket missing.'],
  ])
    assert.equal(errorOf(latex).message, message);
});

test('mistakes are told in plain words', () => {
  for (const [latex, pattern, definitions] of /** @type {[string, RegExp, string[]?][]} */ ([
    ['y=\\operatorname{foo}(x)', /don't know a function called foo/],
    ['\\unknown', /don't know unknown/],
    ['y=\\sin', /sin is a function and needs something/],
    ['y=f', /f is a function/, ['f(x)=x']],
    ['f(1,2)', /f works on one number/, ['f(x)=x']],
    ['\\operatorname{mod}(3)', /mod needs 2 numbers/],
    ['x+y', /no = sign/],
    ['2=2', /no x or y/],
    ['e=3', /e already has a meaning/],
    ['a=x+1', /To draw this/],
    ['y=(1,2)', /number is needed/],
    ["y=a'(x)", /a is not a function/, ['a=2']],
    ['(1,2,3)', /two numbers/],
    ['\\operatorname{sort}(3)', /needs a list/],
    ['x=1=y', /main line/],
    ['y=f(x)', /Write a line for it, like f\(x\)=x\+1/],
    ["y=g'(x)", /Write a line for it/],
    ['1,000', /comma/],
    ['(1,2),3', /comma/],
    ['y=1.5.2', /\.2/],
    ['y=@', /@/],
    ['[1...x]', /fixed number/],
    ['y=x_{+}', /letters and digits/],
    ['y=2>3', /main line/],
    ['y=x(x>0)', /in the main line or in \{/],
    ['y=2x\\left(1<x<3\\right)', /in the main line or in \{/],
    ['y=[x>0]', /main line/],
    ['y=(x=2', /bracket missing: the \( before x=2/],
    ['y=\\{x<0:1,2,3\\}', /condition is needed/],
  ])) {
    assert.match(errorOf(latex, definitions).message, pattern, latex);
  }
});

test('two lines for one name: both say so, lines that use it say where to look', () => {
  const meanings = interpret([
    { id: '1', latex: 'a=1' },
    { id: '2', latex: 'a=2' },
    { id: '3', latex: 'y=ax' },
    { id: '4', latex: 'y=x' },
  ]);
  for (const id of ['1', '2']) assert.match(JSON.stringify(meanings.get(id)), /more than one line/);
  assert.match(JSON.stringify(meanings.get('3')), /on the line for a/);
  assert.equal(meanings.get('4')?.kind, 'function', 'the rest of the graph still draws');
});

test('loops of definitions are found', () => {
  assert.match(errorOf('a=a+1').message, /a is made from itself/);
  assert.match(errorOf('a=b', ['b=c', 'c=a']).message, /made from each other/);
  assert.match(errorOf('f(x)=f(x-1)+1').message, /f is made from itself/);
  assert.match(errorOf('f(x)=g(x)', ['g(x)=f(x)']).message, /f and g are made from each other/);
  assert.match(errorOf('y=ax', ['a=b', 'b=a']).message, /on the line for a/);
});

test('a line with a mistake is blamed, not the lines that use it', () => {
  const { message, missing } = errorOf('y=ax', ['a=1+']);
  assert.match(message, /not right yet on the line for a/);
  assert.equal(missing, undefined, 'no slider is offered for a name that has a line');
});

test('what cannot be done yet is named', () => {
  for (const [latex, pattern] of /** @type {[string, RegExp][]} */ ([
    ['a\\to a+1', /arrow/],
    ['\\int xdx', /without limits/],
    ['y=\\operatorname{histogram}(L)', /charts of data \(histogram\)/],
    ['y\\ne x', /≠/],
    ['\\imaginaryI+1', /complex/],
    ['(x,x^2)', /points/],
    ['\\frac{dy}{dx}', /dy\/dx/],
    ['\\lim_{x\\to0}x', /lim/],
    ['y=\\pm x', /two lines/],
    ['f^{-1}(x)', /inverse/],
  ])) {
    const meaning = meaningOf(latex, ['f(x)=x+1']);
    assert.equal(meaning.kind, 'unsupported', `${latex}: ${JSON.stringify(meaning)}`);
    if (meaning.kind === 'unsupported') assert.match(meaning.message, pattern);
  }
});

test('empty lines mean nothing', () => {
  for (const latex of ['', ' ', '\\ ', '~', '\\,']) assert.deepEqual(meaningOf(latex), { kind: 'empty' });
});

test('hostile lines end at once with a message', () => {
  const many = 10_000;
  const deep = /** @type {[string, string[]?][]} */ ([
    [`y=${'('.repeat(many)}x${')'.repeat(many)}`],
    [`y=${'('.repeat(many)}`],
    [`y=${'\\sqrt{'.repeat(many)}x${'}'.repeat(many)}`],
    [`y=${'-'.repeat(many)}x`],
    [`y=x${'^{x'.repeat(many)}${'}'.repeat(many)}`],
    [`y=${'|'.repeat(many)}`],
    [`y=x${'!'.repeat(many)}`],
    [`y=${'\\sin '.repeat(many)}x`],
    [`y=${'\\left\\{x>0:'.repeat(many)}`],
    [`${'['.repeat(many)}`],
    [`y=2${'^2'.repeat(many)}`],
    [`y=${'\\frac{1}{'.repeat(many)}x${'}'.repeat(many)}`],
    [`y=${'\\mathrm{'.repeat(many)}x${'}'.repeat(many)}`],
    [`y=${'\\placeholder{'.repeat(many / 5)}x${'}'.repeat(many / 5)}`],
    [`y=${'x+'.repeat(200_000)}x`],
    ['\\left[1...10^{9}\\right]'],
    ['[1,1+10^{-9}...2]'],
    ['\\sum_{n=1}^{10^{12}}n'],
    ['\\prod_{n=1}^{\\infty}n'],
    ['\\sum_{n=1}^{10^{5}}\\sum_{m=1}^{10^{5}}nm'],
    ['y=\\sum_{n=1}^{10^{6}}\\sin(nx)'],
    ['f_{9}(1)', Array.from({ length: 100 }, (_, i) => `f_{${i}}(x)=f_{${i + 1}}(x)+f_{${i + 1}}(x+1)`)],
    ['[a+b+c\\operatorname{for}a=[1...999],b=[1...999],c=[1...999]]'],
    ['y=[1...10000]x'],
  ]);
  for (const [latex, definitions] of deep) {
    const { message } = errorOf(latex, definitions);
    assert.ok(message.length > 10 && message.length < 100, message);
  }
});

test('long but honest lines are worked out', () => {
  const sum = Array.from({ length: 3000 }, (_, i) => `${i}x`).join('+');
  const meaning = meaningOf(`y=${sum}`);
  assert.equal(meaning.kind, 'function', JSON.stringify(meaning));
  assert.ok(meaning.kind === 'function' && meaning.curves[0].value(1) === (2999 * 3000) / 2);
  const list = meaningOf(`[${Array.from({ length: 2000 }, (_, i) => i).join(',')}]`);
  assert.ok(list.kind === 'list' && list.values.length === 2000);
});

test('nothing that can be typed throws', () => {
  const pieces = [
    'x',
    'y',
    '2',
    '+',
    '-',
    '(',
    ')',
    '[',
    ']',
    '\\{',
    '\\}',
    '{',
    '}',
    '|',
    '^',
    '_',
    '=',
    '<',
    ':',
    ',',
    '\\frac',
    '\\sqrt',
    '\\sin',
    'f',
    "'",
    '!',
    '\\sum',
    '\\int',
    'd',
    '\\left',
    '\\right',
    '\\',
    '.',
    '...',
    '~',
    '\\theta',
    'r',
    't',
    '\\begin{cases}',
    '&',
    '\\operatorname{for}',
    '\\pi',
    '%',
    'π',
    '²',
    '\u{1F600}',
    '\\placeholder{}',
    '\\to',
    '\\log_',
  ];
  let state = 7;
  const next = () => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  for (let i = 0; i < 20_000; i++) {
    const latex = Array.from(
      { length: 1 + Math.floor(next() * 12) },
      () => pieces[Math.floor(next() * pieces.length)],
    ).join('');
    const meaning = meaningOf(latex, ['f(x)=x^2', 'a=2']);
    assert.ok(meaning.kind !== 'error' || !/could not be computed/.test(meaning.message), `fault of ours in ${latex}`);
  }
});

test('a line that did not change keeps its meaning, as the same object', () => {
  const at = (/** @type {number} */ a) =>
    interpret([
      { id: 'a', latex: `a=${a}` },
      { id: 'moved', latex: 'y=ax' },
      { id: 'still', latex: 'y=x^2' },
    ]);
  const [before, after] = [at(1), at(1.5)];
  assert.equal(before.get('still'), after.get('still'));
  assert.notEqual(before.get('moved'), after.get('moved'));
  const moved = after.get('moved');
  assert.ok(moved?.kind === 'function' && moved.curves[0].value(2) === 3);
});
