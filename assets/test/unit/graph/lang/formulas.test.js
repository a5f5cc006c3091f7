import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curvesOf, isNear, meaningOf } from '../support.js';

const NONE = NaN;
const { PI, E, LN2, SQRT2 } = Math;

/** @param {string} title @param {[latex: string, value: number, definitions?: string[], degreeMode?: boolean][]} cases */
function values(title, cases) {
  test(title, () => {
    for (const [latex, want, definitions, degreeMode = false] of cases) {
      const meaning = meaningOf(latex, definitions, { degreeMode });
      assert.equal(meaning.kind, 'value', `${latex}: ${JSON.stringify(meaning)}`);
      if (meaning.kind === 'value') assert.ok(isNear(meaning.value, want), `${latex} = ${meaning.value}, want ${want}`);
    }
  });
}

/** @param {string} title @param {[latex: string, points: [number, number][], definitions?: string[], degreeMode?: boolean][]} cases */
function functions(title, cases) {
  test(title, () => {
    for (const [latex, points, definitions, degreeMode = false] of cases) {
      const [curve] = curvesOf(latex, definitions, { degreeMode });
      for (const [x, want] of points)
        assert.ok(isNear(curve.value(x), want), `${latex} at ${x} = ${curve.value(x)}, want ${want}`);
    }
  });
}

values('arithmetic and precedence', [
  ['1+2\\cdot3', 7],
  ['2^{3^{2}}', 512],
  ['2^3^2', 512],
  ['-2^{2}', -4],
  ['\\left(-2\\right)^{2}', 4],
  ['2^{-1}', 0.5],
  ['2^-1', 0.5],
  ['8/2/2', 2],
  ['8/2\\cdot2', 8],
  ['1/2\\left(4\\right)', 2],
  ['6\\div3', 2],
  ['3\\times4', 12],
  ['2\\cdot-3', -6],
  ['--2', 2],
  ['2--2', 4],
  ['10-3-2', 5],
  ['\\frac{1}{2}+\\frac13', 5 / 6],
  ['\\frac12', 0.5],
  ['\\dfrac{3}{4}', 0.75],
  ['\\frac{1}{0}', NONE],
  ['2\\frac{1}{2}', 2.5],
  ['2\\frac12', 2.5],
  ['-2\\frac{1}{2}', -2.5],
  ['1+2\\frac{1}{2}\\cdot2', 6],
  ['2\\frac{1+1}{4}', 1],
  ['.5', 0.5],
  ['5.', 5],
  ['0.1+0.2', 0.1 + 0.2],
  ['50\\%', 0.5],
  ['5!', 120],
  ['3!!', 720],
  ['0!', 1],
  ['0.5!', Math.sqrt(PI) / 2],
  ['\\left(-1\\right)!', NONE],
  ['2\\left(3\\right)', 6],
  ['\\left(2\\right)\\left(3\\right)', 6],
  ['2^{3}4', 32],
  ['2^23', 12],
  ['1−2', -1],
  ['2·3', 6],
  ['3²', 9],
  ['2¹⁰', 1024],
  ['\\pi*2', 2 * PI],
  ['20\\%\\operatorname{of}50', 10],
  ['\\sin\\ 0', 0],
  ['\\frac{1}{\\frac{1}{2}}', 2],
  ['0^{0}', 1],
  ['0^{-1}', NONE],
]);

values('roots and powers of negative numbers', [
  ['\\sqrt{2}', SQRT2],
  ['\\sqrt2', SQRT2],
  ['\\sqrt[3]{-8}', -2],
  ['\\sqrt[3]{27}', 3],
  ['\\sqrt[4]{16}', 2],
  ['\\sqrt[4]{-16}', NONE],
  ['\\sqrt{-1}', NONE],
  ['\\left(-8\\right)^{\\frac{1}{3}}', -2],
  ['\\left(-8\\right)^{1/3}', -2],
  ['\\left(-8\\right)^{\\frac{2}{3}}', 4],
  ['\\left(-8\\right)^{-\\frac{1}{3}}', -0.5],
  ['\\left(-32\\right)^{0.2}', -2],
  ['\\left(-4\\right)^{0.5}', NONE],
  ['\\left(-4\\right)^{\\frac{3}{2}}', NONE],
  ['\\left(-1\\right)^{\\pi}', NONE],
  ['\\operatorname{nthroot}\\left(-27,3\\right)', -3],
  ['\\operatorname{cbrt}\\left(-8\\right)', -2],
  ['\\left(-8\\right)^{a}', -2, ['a=\\frac{1}{3}']],
  ['\\left(-2\\right)^{3}', -8],
  ['\\left(-2\\right)^{-2}', 0.25],
]);

values('functions', [
  ['\\sin\\frac{\\pi}{2}', 1],
  ['\\cos0', 1],
  ['\\tan\\frac{\\pi}{4}', 1],
  ['\\tan\\frac{\\pi}{2}', NONE],
  ['\\sec0', 1],
  ['\\csc\\frac{\\pi}{2}', 1],
  ['\\cot\\frac{\\pi}{4}', 1],
  ['\\csc0', NONE],
  ['\\sin^{2}\\frac{\\pi}{4}', 0.5],
  ['\\sin^{-1}1', PI / 2],
  ['\\cos^{-1}\\left(1\\right)', 0],
  ['\\tan^{-1}1', PI / 4],
  ['\\arcsin1', PI / 2],
  ['\\operatorname{arccot}\\left(1\\right)', PI / 4],
  ['\\operatorname{arcsec}\\left(2\\right)', PI / 3],
  ['\\sinh0', 0],
  ['\\cosh0', 1],
  ['\\tanh^{-1}\\left(0.5\\right)', Math.atanh(0.5)],
  ['\\operatorname{arsinh}\\left(1\\right)', Math.asinh(1)],
  ['\\operatorname{arccosh}\\left(2\\right)', Math.acosh(2)],
  ['\\ln e', 1],
  ['\\ln e^{2}', 2],
  ['\\ln^{2}e', 1],
  ['\\log100', 2],
  ['\\log\\left(1000\\right)', 3],
  ['\\log_{2}8', 3],
  ['\\log_28', 3],
  ['\\log_{3}243', 5],
  ['\\log_{\\frac{1}{2}}8', -3],
  ['\\log_{1}2', NONE],
  ['\\log_{a}\\left(8\\right)', 3, ['a=2']],
  ['\\exp\\left(1\\right)', E],
  ['\\exponentialE^{2}', E * E],
  ['\\mathrm{e}', E],
  ['\\left|-3\\right|', 3],
  ['|-3|', 3],
  ['\\lvert-3\\rvert', 3],
  ['|2|-5||', 10],
  ['||-2|-|5||', 3],
  ['|{-2}|3', 6],
  ['\\operatorname{floor}\\left(-2.5\\right)', -3],
  ['\\lfloor2.7\\rfloor', 2],
  ['\\left\\lceil2.1\\right\\rceil', 3],
  ['\\operatorname{ceil}\\left(2.1\\right)', 3],
  ['\\operatorname{round}\\left(2.5\\right)', 3],
  ['\\operatorname{round}\\left(3.14159,2\\right)', 3.14],
  ['\\operatorname{mod}\\left(-7,3\\right)', 2],
  ['\\operatorname{sign}\\left(-3\\right)', -1],
  ['\\operatorname{sgn}\\left(3\\right)', 1],
  ['\\min\\left(3,1,2\\right)', 1],
  ['\\max\\left(3,1,2\\right)', 3],
  ['\\gcd\\left(12,18\\right)', 6],
  ['\\operatorname{lcm}\\left(4,6\\right)', 12],
  ['\\operatorname{nCr}\\left(5,2\\right)', 10],
  ['\\operatorname{nPr}\\left(5,2\\right)', 20],
  ['\\binom{5}{2}', 10],
  ['\\operatorname{abs}\\left(-2\\right)', 2],
  ['\\arctan\\left(1,-1\\right)', (3 * PI) / 4],
  ['sin(0)+sqrt(4)', 2],
  ['\\sin\\pi', 0],
  ['\\ln0', NONE],
  ['\\arcsin2', NONE],
  ['\\sin30^{\\circ}', 0.5],
]);

values('degrees', [
  ['\\sin30', 0.5, [], true],
  ['\\cos\\left(60\\right)', 0.5, [], true],
  ['\\tan45', 1, [], true],
  ['\\tan90', NONE, [], true],
  ['\\arcsin0.5', 30, [], true],
  ['\\sin^{-1}1', 90, [], true],
  ['\\arctan\\left(1,1\\right)', 45, [], true],
  ['\\sin90^{\\circ}', 1, [], true],
  ['\\sinh1', Math.sinh(1), [], true],
]);

values('names and definitions', [
  ['a+b', 5, ['a=2', 'b=a+1']],
  ['ab', 6, ['a=2', 'b=3']],
  ['a_{1}a_2', 6, ['a_{1}=2', 'a_{2}=3']],
  ['\\alpha+\\beta_{0}', 3, ['\\alpha=1', '\\beta_{0}=2']],
  ['a(3)', 6, ['a=2']],
  ['a\\left(3\\right)^{2}', 18, ['a=2']],
  ['f\\left(3\\right)^{2}', 81, ['f(x)=x^2']],
  ['f^{2}\\left(3\\right)', 81, ['f(x)=x^2']],
  ['f(g(2))', 9, ['f(x)=x^{2}', 'g(t)=t+1']],
  ['f(2,3)', 8, ['f(x,y)=x^y']],
  ['f(f(2,1),3)', 8, ['f(x,y)=x^y']],
  ['f\\left(2\\right)', 5, ['f\\left(x\\right)=ax+1', 'a=2']],
  ["f'(3)", 6, ['f(x)=x^2']],
  ["f''\\left(3\\right)", 2, ['f(x)=x^2']],
  ['f^{\\prime}(3)', 6, ['f(x)=x^2']],
  ['f_{1}(2)', 4, ['f_{1}(x)=2x']],
  ['2f(1)g(1)', 12, ['f(x)=2x', 'g(x)=3x']],
  ['v_{max}', 7, ['v_{max}=7']],
  ['\\frac{d}{da}a^{2}', 6, ['a=3']],
  ['c', 4, ['f(x)=x^2', 'c=f(2)']],
  ['r', 3, ['r=3', 's=r+1']],
  ['f(2)', NONE, ['f(x)=x\\left\\{x>3\\right\\}']],
  ['\\tau', 2 * PI],
]);

values('sums, products, integrals, derivatives', [
  ['\\sum_{n=1}^{5}n^{2}', 55],
  ['\\sum_{n=0}^{3}\\left(2n+1\\right)', 16],
  ['\\sum_{n=1}^{3}n+1', 7],
  ['\\prod_{k=1}^{5}k', 120],
  ['\\sum_{i=1}^{3}\\sum_{j=1}^{i}j', 10],
  ['\\sum_{n=1}^{0}n', 0],
  ['\\prod_{n=1}^{0}n', 1],
  ['\\sum_{n=1}^{a}n', 10, ['a=4']],
  ['\\int_{0}^{1}x^{2}dx', 1 / 3],
  ['\\int_{0}^{\\pi}\\sin xdx', 2],
  ['\\int_0^1x^2+1\\differentialD x', 4 / 3],
  ['\\int_{0}^{1}\\int_{0}^{1}xy\\,dx\\,dy', 0.25],
  ['\\int_{1}^{0}xdx', -0.5],
  ['\\int_{-\\infty}^{\\infty}e^{-x^{2}}dx', Math.sqrt(PI)],
  ['\\int_{0}^{1}\\sqrt{t}dt', 2 / 3],
  ['\\int_0^1 3\\,\\mathrm{d}x', 3],
  ['\\int_{-1}^{1}\\frac{1}{x}dx', NONE],
  ['\\int_{0}^{2}\\left\\{x<1:1,3\\right\\}dx', 4],
]);

functions('derivatives by the rules', [
  ['y=\\frac{d}{dx}x^{3}', [[2, 12]]],
  ['y=\\frac{d}{dx}\\left(x^{2}+1\\right)', [[3, 6]]],
  ['y=\\frac{d^{2}}{dx^{2}}x^{3}', [[2, 12]]],
  ['y=\\frac{d}{dx}\\sin\\left(2x\\right)', [[0, 2]]],
  [
    'y=\\frac{d}{dx}\\ln x',
    [
      [2, 0.5],
      [-2, NONE],
    ],
  ],
  ['y=\\frac{d}{dx}e^{x}', [[1, E]]],
  ['y=\\frac{d}{dx}\\frac{1}{x}', [[2, -0.25]]],
  ['y=\\frac{d}{dx}\\sqrt{x}', [[4, 0.25]]],
  ['y=\\frac{d}{dx}2^{x}', [[0, LN2]]],
  ['y=\\frac{d}{dx}x^{x}', [[1, 1]]],
  [
    'y=\\frac{d}{dx}|x|',
    [
      [-2, -1],
      [2, 1],
      [0, NONE],
    ],
  ],
  ['y=\\frac{d}{dx}\\tan x', [[0, 1]]],
  ['y=\\frac{d}{dx}\\arctan x', [[1, 0.5]]],
  ['y=\\frac{\\differentialD}{\\differentialD x}x^{2}', [[3, 6]]],
  ["y=f'(2x)", [[3, 12]], ['f(x)=x^2']],
  ["y=g'(x)", [[2, 2 * 5 * 2 * 2]], ['g(x)=f(x)^2', 'f(x)=x^2+1']],
  ['y=\\frac{d}{dx}f(x^{2})', [[1, 2]], ['f(t)=t']],
  ['y=\\frac{d}{dx}\\int_{0}^{x}t^{2}dt', [[3, 9]]],
  ['y=\\frac{d}{dx}\\sum_{n=1}^{3}x^{n}', [[2, 17]]],
  ['y=\\frac{d}{dx}\\prod_{n=1}^{3}\\left(x+n\\right)', [[0, 11]]],
  [
    'y=\\frac{d}{dx}\\left\\{x<0:x^{2},x\\ge0:x\\right\\}',
    [
      [-1, -2],
      [1, 1],
    ],
  ],
  ['y=\\frac{d}{dx}\\log_{2}x', [[1, 1 / LN2]]],
  [
    'y=\\frac{d}{dx}\\max(x,x^{2})',
    [
      [3, 6],
      [0.5, 1],
    ],
  ],
  ['y=\\frac{d}{dx}x!', [[3, 6 * (1 + 1 / 2 + 1 / 3 - 0.5772156649015329)]]],
  ["y=f'(x)", [[1, 9]], ['f(x)=g(g(x))', 'g(x)=x^2+x-1']],
]);

functions('the families, with parameters', [
  ['y=mx+b', [[3, 7]], ['m=2', 'b=1']],
  ['y=a\\left(x-h\\right)^{2}+k', [[3, 11]], ['a=2', 'h=1', 'k=3']],
  ['y=ax^{3}+bx^{2}+cx+d', [[2, 26]], ['a=2', 'b=1', 'c=2', 'd=2']],
  ['y=a\\sqrt[3]{x-h}+k', [[-7, -1]], ['a=2', 'h=1', 'k=3']],
  ['y=a\\left|x-h\\right|+k', [[0, 5]], ['a=2', 'h=1', 'k=3']],
  [
    'y=\\frac{a}{x-h}+k',
    [
      [1, NONE],
      [2, 5],
    ],
    ['a=2', 'h=1', 'k=3'],
  ],
  ['y=ab^{x-h}+k', [[2, 9]], ['a=2', 'b=3', 'h=1', 'k=3']],
  ['y=a\\log_{b}\\left(x-h\\right)+k', [[5, 7]], ['a=2', 'b=2', 'h=1', 'k=3']],
  ['y=a\\sin\\left(b\\left(x-h\\right)\\right)+k', [[1, 3]], ['a=2', 'b=3', 'h=1', 'k=3']],
  ['y=ae^{-kx}', [[0, 2]], ['a=2', 'k=3']],
  ['y=\\frac{ax+b}{cx+d}', [[1, 1]], ['a=1', 'b=2', 'c=2', 'd=1']],
  ['y=-\\left(x+2\\right)\\left(x-3\\right)^{2}', [[1, -12]]],
]);

functions('products without a sign', [
  ['y=2x(x+1)', [[3, 24]]],
  ['y=x(x+1)', [[3, 12]]],
  ['y=xx', [[3, 9]]],
  ['y=2\\pi x', [[1, 2 * PI]]],
  ['y=2\\sin x\\cos x', [[1, Math.sin(2)]]],
  ['y=\\sin2x', [[1, Math.sin(2)]]],
  ['y=\\sin2\\pi x', [[0.25, 1]]],
  ['y=\\sin x^{2}', [[2, Math.sin(4)]]],
  ['y=\\sin\\left(x\\right)x', [[2, 2 * Math.sin(2)]]],
  ['y=x\\sin x', [[2, 2 * Math.sin(2)]]],
  ['y=\\sin x+1', [[0, 1]]],
  ['y=\\ln\\left(x\\right)^{2}', [[E, 1]]],
  ['y=\\frac{\\sin x}{x}', [[PI, 0]]],
  ['y=xe^{x}', [[1, E]]],
  ['y=2^{x}3^{x}', [[2, 36]]],
  ['y=\\sqrt{x}x', [[4, 8]]],
  ['y=\\left(x\\right)2', [[3, 6]]],
  ['y=|x|x', [[-2, -4]]],
  ['y=2|x|', [[-2, 4]]],
  ['y=2|x-1|+|x|', [[0, 2]]],
  ['y=x!', [[4, 24]]],
  ['y=\\sin-x', [[1, -Math.sin(1)]]],
]);

functions('restrictions and pieces', [
  [
    'y=x\\left\\{0<x<3\\right\\}',
    [
      [1, 1],
      [3, NONE],
    ],
  ],
  [
    'y=x\\{0\\le x\\leq3\\}',
    [
      [0, 0],
      [3, 3],
      [3.1, NONE],
    ],
  ],
  [
    'y=x\\lbrace x\\geqslant1\\rbrace',
    [
      [1, 1],
      [0, NONE],
    ],
  ],
  [
    'y=x^{2}\\left\\{y<4\\right\\}',
    [
      [1, 1],
      [3, NONE],
    ],
  ],
  [
    'y=x^{2}+1\\left\\{1<y<5\\right\\}',
    [
      [1, 2],
      [0, NONE],
      [3, NONE],
    ],
  ],
  [
    'f(x)=x^{2}\\left\\{y<4\\right\\}',
    [
      [1, 1],
      [3, NONE],
    ],
  ],
  [
    'y=\\left(x+1\\right)\\left\\{x>0\\right\\}',
    [
      [1, 2],
      [-1, NONE],
    ],
  ],
  [
    'y=x\\left\\{x<-1,x>1\\right\\}',
    [
      [-2, -2],
      [0, NONE],
      [2, 2],
    ],
  ],
  [
    'y=x\\left\\{x\\ne2\\right\\}',
    [
      [1, 1],
      [2, NONE],
    ],
  ],
  [
    'y=x\\left\\{a<x<b\\right\\}',
    [
      [1.5, 1.5],
      [3, NONE],
    ],
    ['a=1', 'b=2'],
  ],
  [
    'y=\\left\\{x<0:-1,1\\right\\}',
    [
      [-1, -1],
      [1, 1],
    ],
  ],
  [
    'y=\\{x<0:-x,0\\le x<1:0,x-1\\}',
    [
      [-2, 2],
      [0.5, 0],
      [3, 2],
    ],
  ],
  [
    'y=2\\left\\{x<0:1,2\\right\\}',
    [
      [-1, 2],
      [1, 4],
    ],
  ],
  [
    'y=\\left\\{x>0\\right\\}',
    [
      [1, 1],
      [-1, NONE],
    ],
  ],
  [
    'y=\\begin{cases}x^{2}&x<0\\\\x&x\\ge0\\end{cases}',
    [
      [-2, 4],
      [2, 2],
    ],
  ],
  [
    'y=\\begin{cases}1&\\text{if }x<0\\\\2&\\text{otherwise}\\end{cases}',
    [
      [-2, 1],
      [2, 2],
    ],
  ],
  [
    'y=f(x)+g(x)',
    [
      [1, NONE],
      [2.5, 5],
    ],
    ['f(x)=x\\{x>2\\}', 'g(x)=x\\{x<3\\}'],
  ],
  [
    'y=\\left\\{\\left|x\\right|<1:\\sqrt{1-x^{2}},0\\right\\}',
    [
      [0, 1],
      [5, 0],
    ],
  ],
]);

functions('other spellings', [
  ['y=\\mleft(x+1\\mright)^2', [[1, 4]]],
  ['x^{2}=y', [[3, 9]]],
  ['y\\left(x\\right)=2x', [[3, 6]]],
  ['x^2', [[3, 9]]],
  ['\\sin\\left(x\\right)', [[0, 0]]],
  ['f(t)=t^2', [[3, 9]]],
  ['y=\\mathrm{sin}(x)', [[0, 0]]],
  ['y=\\operatorname{sin}x', [[0, 0]]],
  ['y=x\\cdot x', [[3, 9]]],
  ['y\\,=\\,2\\,x', [[3, 6]]],
  ['y=2x\\ +1', [[3, 7]]],
  ['y=\\left.x\\right.', [[3, 3]]],
  ['y=√{x}', [[9, 3]]],
  ['y=\\sqrt{x^2}', [[-3, 3]]],
  ['y=\\operatorname{arctg}\\left(x\\right)', [[1, PI / 4]]],
  ['y={x}^{2}', [[3, 9]]],
  ['y=\\left\\lvert x\\right\\rvert', [[-3, 3]]],
  ['y = x ^ { 2 }', [[3, 9]]],
]);

test('x alone on one side is a function of y', () => {
  for (const [latex, y, x] of /** @type {[string, number, number][]} */ ([
    ['x=3', 5, 3],
    ['x=y^{2}', 2, 4],
    ['3=x', 0, 3],
    ['x=\\sin y', 0, 0],
    ['x=2\\left\\{0<y<1\\right\\}', 2, NONE],
    ['g(y)=y^2', 3, 9],
    ['x=y^{2}\\left\\{x<4\\right\\}', 3, NONE],
    ['x=y^{2}\\left\\{x<4\\right\\}', 1, 1],
  ])) {
    const meaning = meaningOf(latex);
    assert.equal(meaning.kind, 'function', latex);
    if (meaning.kind === 'function') {
      assert.equal(meaning.of, 'y', latex);
      assert.ok(isNear(meaning.curves[0].value(y), x), latex);
    }
  }
});

test('lists', () => {
  for (const [latex, want, definitions] of /** @type {[string, number[], string[]?][]} */ ([
    ['\\left[1,2,3\\right]', [1, 2, 3]],
    ['[1...5]', [1, 2, 3, 4, 5]],
    ['\\left[0,0.1...0.5\\right]', [0, 0.1, 0.2, 0.30000000000000004, 0.4, 0.5]],
    ['[5...1]', [5, 4, 3, 2, 1]],
    ['[1,\\ldots,3]', [1, 2, 3]],
    ['[1..3]', [1, 2, 3]],
    ['[1...3]^{2}', [1, 4, 9]],
    ['[1,2]+[10,20,30]', [11, 22]],
    ['2L+1', [3, 5], ['L=[1,2]']],
    ['L[2...3]', [5, 6], ['L=[4,5,6]']],
    ['L[L>4]', [5, 6], ['L=[4,5,6]']],
    ['[n^{2}\\operatorname{for}n=[1...3]]', [1, 4, 9]],
    ['[a+b\\operatorname{for}a=[1,2],b=[10,20]]', [11, 12, 21, 22]],
    ['\\operatorname{sort}([3,1,2])', [1, 2, 3]],
    ['\\operatorname{unique}([3,1,3])', [3, 1]],
    ['\\operatorname{join}([1],[2,3],4)', [1, 2, 3, 4]],
    ['f([1,2])', [1, 4], ['f(x)=x^2']],
    ['\\left[(1,2),(3,4)\\right].x', [1, 3]],
    ['\\max([1,5],3)', [3, 5]],
    ['[]', []],
  ])) {
    const meaning = meaningOf(latex, definitions);
    assert.equal(meaning.kind, 'list', `${latex}: ${JSON.stringify(meaning)}`);
    if (meaning.kind === 'list') assert.deepEqual(meaning.values, want, latex);
  }
});

values('functions of lists', [
  ['\\operatorname{total}([1...10])', 55],
  ['\\operatorname{mean}([1,2,6])', 3],
  ['\\operatorname{median}([5,1,3])', 3],
  ['\\operatorname{median}([1,2,3,10])', 2.5],
  ['\\max([1,5,3])', 5],
  ['\\operatorname{length}(L)', 3, ['L=[4,5,6]']],
  ['L[2]', 5, ['L=[4,5,6]']],
  ['L\\left[4\\right]', NONE, ['L=[4,5,6]']],
  ['\\operatorname{stdevp}([2,4,4,4,5,5,7,9])', 2],
  ['\\operatorname{var}([1,2,3])', 1],
  ['\\operatorname{quantile}([1,2,3,4,5],0.25)', 2],
  ['\\operatorname{quartile}([1,2,3,4],1)', 1.5],
  ['\\sum_{n=1}^{3}L[n]', 15, ['L=[4,5,6]']],
  ['\\operatorname{mad}([1,3])', 1],
]);

test('points, also named, moved and in lists', () => {
  for (const [latex, want, definitions] of /** @type {[string, [number, number][], string[]?][]} */ ([
    ['\\left(1,2\\right)', [[1, 2]]],
    ['(a,a^2)', [[3, 9]], ['a=3']],
    ['P=(1,2)', [[1, 2]]],
    ['2P+(1,0)', [[3, 4]], ['P=(1,2)']],
    [
      '[(1,2),(3,4)]',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      '(1,2),(3,4)',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      '([1,2,3],[4,5,6])',
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ],
    [
      '(L,L^{2})',
      [
        [1, 1],
        [2, 4],
      ],
      ['L=[1,2]'],
    ],
    ['\\operatorname{midpoint}((0,0),(2,4))', [[1, 2]]],
    ['(P.y,P.x)', [[2, 1]], ['P=(1,2)']],
  ])) {
    const meaning = meaningOf(latex, definitions);
    assert.equal(meaning.kind, 'point', `${latex}: ${JSON.stringify(meaning)}`);
    if (meaning.kind === 'point')
      assert.deepEqual(
        meaning.points.map(({ x, y }) => [x, y]),
        want,
        latex,
      );
  }
});

values('numbers from points', [
  ['\\operatorname{distance}((0,0),(3,4))', 5],
  ['P.x', 1, ['P=(1,2)']],
  ['|(3,4)|', 5],
  ['(1,2)\\cdot(3,4)', 11],
]);

test('equations in x and y', () => {
  for (const [latex, points, definitions] of /** @type {[string, [number, number, number][], string[]?][]} */ ([
    [
      'x^{2}+y^{2}=9',
      [
        [3, 0, 0],
        [0, 0, -9],
      ],
    ],
    ['y-1=2(x-3)', [[3, 1, 0]]],
    ['2x+3y=6', [[0, 2, 0]]],
    ['xy=1', [[2, 0.5, 0]]],
    ['y^{2}=4x', [[1, 2, 0]]],
    ['\\left(x-h\\right)^{2}+\\left(y-k\\right)^{2}=r^{2}', [[4, 2, 0]], ['h=1', 'k=2', 'r=3']],
    ['x=y^2+x^2', [[0, 0, 0]]],
    ['y=xy', [[1, 5, 0]]],
    ['|x|+|y|=1', [[1, 0, 0]]],
    [
      'x^2+y^2=4\\left\\{x>0\\right\\}',
      [
        [2, 0, 0],
        [-2, 0, NONE],
      ],
    ],
  ])) {
    const meaning = meaningOf(latex, definitions);
    assert.equal(meaning.kind, 'implicit', `${latex}: ${JSON.stringify(meaning)}`);
    if (meaning.kind === 'implicit')
      for (const [x, y, want] of points) assert.ok(isNear(meaning.curves[0].value(x, y), want), latex);
  }
});

test('regions', () => {
  for (const [latex, points] of /** @type {[string, [number, number, boolean][]][]} */ ([
    [
      'y\\le x^{2}',
      [
        [2, 4, true],
        [0, 1, false],
      ],
    ],
    [
      'y<x',
      [
        [1, 1, false],
        [1, 0, true],
      ],
    ],
    [
      '1<x<3',
      [
        [2, 9, true],
        [3, 9, false],
      ],
    ],
    [
      'x^{2}+y^{2}\\leqslant4\\left\\{x>0\\right\\}',
      [
        [1, 1, true],
        [-1, 1, false],
      ],
    ],
    [
      'y>\\sqrt{x}',
      [
        [-1, 5, false],
        [1, 2, true],
      ],
    ],
    ['3>=x', [[3, 0, true]]],
  ])) {
    const meaning = meaningOf(latex);
    assert.equal(meaning.kind, 'inequality', latex);
    if (meaning.kind !== 'inequality') continue;
    const [region] = meaning.regions;
    for (const [x, y, want] of points) {
      assert.equal(region.holds(x, y), want, `${latex} at ${x}, ${y}`);
      const decided = region.decide(x - 1e-9, x + 1e-9, y - 1e-9, y + 1e-9);
      assert.ok(decided === 1 || (decided === 2) === want, `${latex} decided ${decided}`);
    }
  }
  const strict = meaningOf('1<x\\le3');
  assert.deepEqual(strict.kind === 'inequality' && strict.regions[0].edges.map((edge) => edge.strict), [true, false]);
});

test('slopes of relations are proved where they can be', () => {
  const meaning = meaningOf('x^{2}+y^{2}=9');
  assert.ok(meaning.kind === 'implicit');
  const [circle] = meaning.curves;
  assert.equal(circle.slope('x', 1, 2, -1, 1), 1);
  assert.equal(circle.slope('x', -2, -1, -1, 1), -1);
  assert.equal(circle.slope('y', 1, 2, -1, 1), 0);
  const steps = meaningOf('\\operatorname{gcd}\\left(x,2\\right)=y^{2}');
  assert.ok(steps.kind !== 'implicit' || steps.curves[0].slope('x', 0, 1, 0, 1) === 0, 'no rule, no proof');
});

test('an edge that is solved for y or x is a function too', () => {
  const edges = (/** @type {string} */ latex) => {
    const meaning = meaningOf(latex);
    assert.ok(meaning.kind === 'inequality');
    return meaning.regions[0].edges;
  };
  const [low, high] = edges('x<y<3');
  assert.ok(low.solved?.of === 'x' && low.solved.curve.value(2) === 2 && isNear(low.solved.curve.value(4), NaN));
  assert.ok(high.solved?.of === 'x' && high.solved.curve.value(2) === 3 && isNear(high.solved.curve.value(4), NaN));
  const [upright] = edges('x\\ge y^{2}\\left\\{y>0\\right\\}');
  assert.ok(
    upright.solved?.of === 'y' && upright.solved.curve.value(2) === 4 && isNear(upright.solved.curve.value(-2), NaN),
  );
  assert.equal(edges('x^{2}+y^{2}<9')[0].solved, null);
});

test('polar and parametric curves', () => {
  const rose = meaningOf('r=2\\cos(3\\theta)');
  assert.ok(rose.kind === 'polar' && isNear(rose.curves[0].value(PI), -2));
  assert.ok(rose.kind === 'polar' && isNear(rose.paths[0].x.value(PI), 2) && rose.turn === 2 * PI);
  assert.equal(meaningOf('r=2').kind, 'polar', 'a circle, unless r is used elsewhere');
  const circle = meaningOf('\\left(\\cos t,2\\sin t\\right)');
  assert.ok(
    circle.kind === 'parametric' &&
      isNear(circle.curves[0].x.value(PI), -1) &&
      isNear(circle.curves[0].y.value(PI / 2), 2),
  );
});

test('a list in a formula gives several curves', () => {
  const curves = curvesOf('y=ax^{2}+b', ['a=[1,2,3]', 'b=1']);
  assert.deepEqual(
    curves.map((curve) => curve.value(2)),
    [5, 9, 13],
  );
});
