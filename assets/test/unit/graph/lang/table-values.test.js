import { table } from './table.js';

/** Lines that come to a number or a curve, in the spellings of several programs; wanted values are worked out apart. */

const { PI, E, abs, cbrt, sqrt, sin, cos, tan, log, exp, floor, ceil, sign, max, min } = Math;
const NONE = NaN;
/** @param {number} x */
const ln = (x) => (x > 0 ? log(x) : NONE);
/** @param {number} x @param {number} y */
const over = (x, y) => (y === 0 ? NONE : x / y);
const TWO = ['a=2', 'b=3', 'h=1', 'k=4', 'n=5'];

table('numbers', [
  ['1.5\\cdot10^{3}', 1500], [['1.5\\times10^{-3}', '1.5\\cdot10^{-3}', '1.5*10^{-3}'], 0.0015], ['1.5\\times10^3', 1500],
  ['2\\frac{1}{2}', 2.5], ['-2\\frac{3}{4}', -2.75], ['2\\frac12+1', 3.5], ['3\\frac{1}{2}^{2}', 12.25], ['2\\frac{1}{2}\\cdot4', 10],
  [['5\\%\\operatorname{of}20', '5\\%\\operatorname{of}\\left(20\\right)', '5\\% of 20', '5\\%\\mathrm{of}20'], 1], ['5\\%', 0.05], ['200\\%', 2],
  [['\\frac{1}{4}', '\\frac14', '\\frac1{4}', '\\frac{1}4', '\\dfrac{1}{4}', '\\tfrac14', '1/4', '1\\div4', '4^{-1}'], 0.25],
  [['\\sqrt{9}', '\\sqrt9', '\\sqrt[2]{9}', '9^{\\frac{1}{2}}', '9^{1/2}', '9^{0.5}', '9^{.5}'], 3],
  ['-3!', -6], ['3!^{2}', 36], ['\\left(3!\\right)!', 720], ['2.5!', 3.3233509704478426], ['\\left(-0.5\\right)!', sqrt(PI)], ['170!', 7.257415615307994e306], ['\\left(-2\\right)!', NONE],
  [['2^{3^{2}}', '2^{3^2}', '2^3^2'], 512], ['\\left(2^{3}\\right)^{2}', 64], ['{2^3}^2', 64], ['-2^{4}', -16], ['\\left(-2\\right)^{4}', 16], ['2^{-2}', 0.25], ['-2^{-2}', -0.25],
  [['\\left|-3\\right|', '|-3|', '\\lvert-3\\rvert', '\\vert -3\\vert', '\\left\\lvert -3\\right\\rvert', '\\operatorname{abs}(-3)', '\\left\\vert-3\\right\\vert', '\\mleft|-3\\mright|'], 3],
  ['\\left|2-\\left|-5\\right|\\right|', 3], ['|2-|-5||', 3], ['|1-|2-|3-9|||', 3], ['||-2|-|-5||', 3], ['2|3|4', 24], ['|2||-3|', 6], ['-|-3|^{2}', -9],
  ['\\left(-8\\right)^{\\frac{1}{3}}', -2], ['-8^{\\frac{1}{3}}', -2], ['\\left(-8\\right)^{\\frac{2}{3}}', 4], ['\\left(-8\\right)^{-\\frac{2}{3}}', 0.25], ['\\left(-32\\right)^{\\frac{3}{5}}', -8], ['\\left(-1\\right)^{\\frac{1}{2}}', NONE],
  ['\\sqrt[3]{-27}', -3], ['\\sqrt[5]{-32}', -2], ['\\sqrt[4]{16}', 2], ['\\sqrt[-3]{8}', 0.5], ['\\sqrt[n]{32}', 2, TWO], ['\\sqrt[\\frac{1}{2}]{3}', 9],
  [['\\log_{2}8', '\\log_28', '\\log_2(8)', '\\log_2{8}', '\\log_{2}\\left(8\\right)', '\\operatorname{log}_{2}(8)', '\\log_{a}8', '\\log_a8'], 3, TWO],
  [['\\log1000', '\\log(1000)', '\\log_{10}1000', '\\log_{10}\\left(1000\\right)', '\\lg1000'], 3], ['\\log_{4}2', 0.5], ['\\log_{\\frac{1}{3}}9', -2], ['\\log_{-2}4', NONE], ['\\log_{0}4', NONE], ['\\log_{2}0', NONE],
  [['\\ln e^{3}', '\\ln\\left(e^{3}\\right)', '\\ln\\exponentialE^3', '\\log_{e}e^{3}', '\\ln\\exp3'], 3], ['e', E], [['\\pi', 'π', '\\pi{}'], PI], ['\\tau', 2 * PI], ['\\infty', Infinity], ['-\\infty', -Infinity],
  [['\\gcd(12,18)', '\\operatorname{gcd}\\left(12,18\\right)', '\\gcd([12,18])', '\\gcd(12,18,30)'], 6], ['\\operatorname{lcm}(4,6)', 12], ['\\operatorname{lcm}(2,3,4)', 12],
  [['\\operatorname{nCr}(5,2)', '\\operatorname{nCr}\\left(5,2\\right)', '\\binom{5}{2}', '\\dbinom52', '\\operatorname{ncr}(5,2)'], 10], ['\\operatorname{nPr}(5,2)', 20], ['\\operatorname{nCr}(5,6)', 0], ['\\operatorname{nPr}(5,5)', 120],
  [['\\operatorname{mod}(7,3)', '\\operatorname{mod}\\left(7,3\\right)', '\\operatorname{mod}(-5,3)', '\\operatorname{mod}(1,3)'], 1], ['\\operatorname{mod}(7,-3)', -2], ['\\operatorname{mod}(5.5,2)', 1.5], ['\\operatorname{mod}(5,0)', NONE],
  ['\\operatorname{round}(2.5)', 3], ['\\operatorname{round}(-2.4)', -2], ['\\operatorname{round}(3.14159,2)', 3.14], ['\\operatorname{round}(1234,-2)', 1200], [['\\operatorname{floor}(-2.1)', '\\lfloor-2.1\\rfloor', '\\left\\lfloor-2.1\\right\\rfloor', '⌊-2.1⌋'], -3], [['\\operatorname{ceil}(2.1)', '\\lceil2.1\\rceil', '\\operatorname{ceiling}(2.1)'], 3],
  [['\\operatorname{sign}(-2)', '\\operatorname{sgn}(-2)', '\\operatorname{signum}(-2)'], -1], ['\\operatorname{sign}(0)', 0], ['\\min(3,1,2)', 1], ['\\max(3,1,2)', 3], ['\\operatorname{max}\\left(3\\right)', 3], ['\\operatorname{hypot}(3,4)', 5], ['\\operatorname{erf}(1)', 0.8427007929497149],
  [['\\frac{1}{0}', '1/0', '\\frac{0}{0}', '0^{-1}'], NONE], ['0^{0}', 1], ['\\sqrt{-4}', NONE], ['\\arcsin2', NONE], ['\\ln\\left(-1\\right)', NONE], ['\\operatorname{arcosh}(0.5)', NONE],
  ['2\\cdot-3', -6], ['2--3', 5], ['2+-3', -1], ['--3', 3], ['-\\left(-3\\right)', 3], ['2\\left(3+4\\right)', 14], ['\\left(2\\right)\\left(3\\right)', 6], ['2\\left(3\\right)^{2}', 18], ['6/2\\left(3\\right)', 9], ['\\frac{6}{2}3', 9], ['2^{3}4', 32],
  ['\\frac{2}{3}\\frac{3}{4}', 0.5], ['\\frac{\\frac{1}{2}}{\\frac{3}{4}}', 2 / 3], ['1-\\frac{1}{1-\\frac{1}{3}}', -0.5], ['10-3-2', 5], ['64/4/2', 8], ['2-3+4', 3],
]);

table('trigonometry', [
  [['\\sin\\frac{\\pi}{6}', '\\sin(\\frac{\\pi}{6})', '\\sin\\left(\\pi/6\\right)', '\\sin30^{\\circ}', '\\sin\\left(30\\degree\\right)', '\\sin 30°'], 0.5], [['\\sin^{-1}\\left(1\\right)', '\\arcsin1', '\\operatorname{arcsin}(1)', '\\operatorname{asin}(1)', '\\sin^{-1}1'], PI / 2], [['\\cos^{-1}0', '\\arccos0', '\\operatorname{acos}(0)'], PI / 2], [['\\tan^{-1}1', '\\arctan1', '\\operatorname{atan}(1)', '\\arctan(1,1)'], PI / 4], ['\\arctan\\left(-1,-1\\right)', (-3 * PI) / 4],
  [['\\cot\\frac{\\pi}{4}', '\\operatorname{cot}(\\frac{\\pi}{4})'], 1], ['\\sec\\frac{\\pi}{3}', 2], ['\\csc\\frac{\\pi}{6}', 2], [['\\cot^{-1}1', '\\operatorname{arccot}(1)'], PI / 4], ['\\operatorname{arccot}(-1)', (3 * PI) / 4], [['\\sec^{-1}2', '\\operatorname{arcsec}(2)'], PI / 3], [['\\csc^{-1}2', '\\operatorname{arccsc}(2)'], PI / 6],
  [['\\sinh1', '\\sinh\\left(1\\right)'], Math.sinh(1)], ['\\cosh1', Math.cosh(1)], ['\\tanh1', Math.tanh(1)], ['\\operatorname{sech}(1)', 1 / Math.cosh(1)], ['\\operatorname{csch}(1)', 1 / Math.sinh(1)], [['\\coth1', '\\operatorname{coth}(1)'], 1 / Math.tanh(1)],
  [['\\sinh^{-1}1', '\\operatorname{arcsinh}(1)', '\\operatorname{arsinh}(1)', '\\operatorname{asinh}(1)'], Math.asinh(1)], [['\\cosh^{-1}2', '\\operatorname{arccosh}(2)'], Math.acosh(2)], [['\\tanh^{-1}0.5', '\\operatorname{arctanh}(0.5)'], Math.atanh(0.5)], ['\\operatorname{arcsech}(0.5)', Math.acosh(2)], ['\\operatorname{arccsch}(2)', Math.asinh(0.5)], ['\\operatorname{arccoth}(2)', Math.atanh(0.5)],
  [['\\sin^{2}1+\\cos^{2}1', '\\sin(1)^2+\\cos(1)^2', '\\sin^21+\\cos^21'], 1], ['\\tan\\frac{\\pi}{2}', NONE], ['\\csc0', NONE], ['\\sec\\frac{\\pi}{2}', NONE],
]);

table('trigonometry in degrees', [
  [['\\sin30', '\\sin(30)', '\\sin30^{\\circ}', '\\cos60'], 0.5], ['\\tan45', 1], ['\\sin^{2}30', 0.25], [['\\arcsin0.5', '\\sin^{-1}0.5'], 30], ['\\arccos0', 90], ['\\arctan1', 45], ['\\arctan\\left(1,-1\\right)', 135], ['\\sec60', 2], ['\\operatorname{arcsec}(2)', 60], ['\\tan90', NONE],
  ['\\sinh1', Math.sinh(1)], ['y=\\sin x', (x) => sin((x * PI) / 180)], ["f'(0)", PI / 180, ['f(x)=\\sin x']], ['\\int_{0}^{180}\\sin xdx', 360 / PI],
], { degreeMode: true });

table('curves', [
  [['y=2x+1', 'y = 2x + 1', 'y=2\\,x+1', '2x+1', 'y=2\\cdot x+1', '2x+1=y', 'y\\left(x\\right)=2x+1', 'f(x)=2x+1', 'g\\left(t\\right)=2t+1', 'y=1+x2'], (x) => 2 * x + 1],
  [['y=-x^{2}', 'y=-x^2', 'y=-x\\cdot x', 'y=-(x)^{2}', 'y=-xx', 'y=-x²', 'y=-{x}^{2}'], (x) => -x * x], [['y=\\left(-x\\right)^{2}', 'y=|x|^{2}', 'y=|x||x|', 'y=|x^{2}|', 'y=x|x|\\operatorname{sign}(x)'], (x) => x * x],
  [['y=|x|', 'y=\\left|x\\right|', 'y=\\lvert x\\rvert', 'y=\\operatorname{abs}(x)', 'y=\\left\\lvert x \\right\\rvert', 'y=\\vert x\\vert', 'y=\\sqrt{x^{2}}', 'y=abs(x)', 'y=\\left|-x\\right|', 'y=\\max(x,-x)'], abs], ['y=|x|-|x-1|', (x) => abs(x) - abs(x - 1)], ['y=||x|-3|-1', (x) => abs(abs(x) - 3) - 1], ['y=2|x-1|+3', (x) => 2 * abs(x - 1) + 3], ['y=\\left|\\left|x\\right|-\\left|2x\\right|\\right|', abs], ['y=|x+|x||', (x) => abs(x + abs(x))], ['y=x|x|', (x) => x * abs(x)], ['y=\\frac{|x|}{x}', (x) => over(abs(x), x)],
  [['y=\\sqrt{x}', 'y=\\sqrt x', 'y=x^{\\frac12}', 'y=x^{\\frac{1}{2}}', 'y=x^{0.5}', 'y=x^{1/2}', 'y=sqrt(x)', 'y=\\operatorname{sqrt}(x)', 'y=√x'], sqrt], ['y=2\\sqrt{x-1}+3', (x) => 2 * sqrt(x - 1) + 3], ['y=\\sqrt{4-x^{2}}', (x) => sqrt(4 - x * x)], ['y=\\sqrt9x', (x) => 3 * x],
  [['y=\\sqrt[3]{x}', 'y=x^{\\frac{1}{3}}', 'y=x^{1/3}', 'y=\\operatorname{cbrt}(x)', 'y=\\sqrt[3]x', 'y=\\operatorname{nthroot}(x,3)'], cbrt], [['y=x^{\\frac{2}{3}}', 'y=x^{2/3}', 'y=\\sqrt[3]{x^{2}}', 'y=\\sqrt[3]{x}^{2}', 'y=x^{\\frac23}'], (x) => cbrt(x) ** 2], ['y=x^{-\\frac{1}{3}}', (x) => over(1, cbrt(x))], ['y=x^{\\frac{a}{b}}', (x) => cbrt(x) ** 2, TWO], ['y=x^{1.5}', (x) => (x < 0 ? NONE : x ** 1.5)], ['y=x^{\\frac{3}{5}}', (x) => sign(x) * abs(x) ** 0.6], ['y=\\sqrt[4]{x}', (x) => (x < 0 ? NONE : x ** 0.25)],
  [['y=\\frac{1}{x}', 'y=x^{-1}', 'y=1/x', 'y=\\frac1x', 'y=\\dfrac{1}{x}'], (x) => over(1, x)], ['y=\\frac{x^{2}-1}{x-1}', (x) => over(x * x - 1, x - 1)], ['y=1/(x^2-1)', (x) => over(1, x * x - 1)], ['y=\\frac{2}{x-1}+3', (x) => over(2, x - 1) + 3], [['y=\\frac{1}{2}x', 'y=\\frac12x', 'y=x\\frac{1}{2}', 'y=\\frac{x}{2}', 'y=0.5x', 'y=.5x', 'y=x/2'], (x) => x / 2], ['y=2\\frac{1}{2}x', (x) => 2.5 * x], ['y=2\\frac{x}{2}', (x) => x],
  [['y=e^{x}', 'y=e^x', 'y=\\exp x', 'y=\\exp(x)', 'y=\\exponentialE^{x}', 'y=\\exp\\left(x\\right)', 'y=\\mathrm{e}^{x}'], exp], ['y=e^{-x^{2}}', (x) => exp(-x * x)], ['y=3\\cdot2^{x-1}', (x) => 3 * 2 ** (x - 1)], [['y=\\left(\\frac{1}{2}\\right)^{x}', 'y=2^{-x}', 'y=0.5^{x}', 'y=\\frac{1}{2^{x}}', 'y=1/2^x'], (x) => 2 ** -x], ['y=e^2x', (x) => E * E * x], ['y=ab^{x}', (x) => 2 * 3 ** x, TWO], ['y=2^x^2', (x) => 2 ** (x * x)],
  [['y=\\ln x', 'y=\\ln(x)', 'y=\\ln\\left(x\\right)', 'y=\\log_{e}x', 'y=ln(x)', 'y=\\operatorname{ln}(x)'], ln], ['y=\\ln|x|', (x) => (x === 0 ? NONE : log(abs(x)))], ['y=\\ln x^{2}', (x) => (x === 0 ? NONE : log(x * x))], [['y=\\ln^{2}x', 'y=\\ln(x)^{2}', 'y=\\left(\\ln x\\right)^{2}'], (x) => ln(x) ** 2], ['y=\\log_{2}x', (x) => ln(x) / Math.LN2], ['y=\\log_{3}\\left(x-1\\right)', (x) => ln(x - 1) / log(3)], ['y=\\ln2x', (x) => ln(2 * x)], ['y=2\\ln x+1', (x) => 2 * ln(x) + 1],
  [['y=\\sin x', 'y=\\sin(x)', 'y=\\sin\\left(x\\right)', 'y=\\sin{x}', 'y=sin(x)', 'y=\\operatorname{sin}(x)', 'y=\\sin\\ x'], sin], [['y=\\sin2x', 'y=\\sin(2x)', 'y=\\sin 2x', 'y=2\\sin x\\cos x', 'y=2\\sin(x)\\cos(x)'], (x) => sin(2 * x)], [['y=\\sin^{2}x', 'y=\\sin^2x', 'y=\\sin(x)^{2}', 'y=\\sin^{2}\\left(x\\right)', 'y=\\sin x\\sin x', 'y=\\left(\\sin x\\right)^{2}'], (x) => sin(x) ** 2], ['y=\\sin x^{2}', (x) => sin(x * x)], ['y=x\\sin x', (x) => x * sin(x)], ['y=\\sin x\\cos x', (x) => sin(x) * cos(x)], ['y=\\sin\\cos x', (x) => sin(cos(x))], ['y=\\sin x+1', (x) => sin(x) + 1], ['y=\\sin-x', (x) => sin(-x)], ['y=\\sin(x)x', (x) => sin(x) * x], ['y=\\sin\\frac{x}{2}', (x) => sin(x / 2)], ['y=\\sin\\sqrt{x}', (x) => sin(sqrt(x))], ['y=\\sin|x|', (x) => sin(abs(x))], ['y=\\sin\\pi x', (x) => sin(PI * x)], ['y=a\\sin\\left(b\\left(x-h\\right)\\right)+k', (x) => 2 * sin(3 * (x - 1)) + 4, TWO], ['y=\\tan x', tan], ['y=\\sin(x)(x+1)', (x) => sin(x) * (x + 1)], ['y=\\sin ax', (x) => sin(2 * x), TWO], ['y=\\sin^{-1}x', Math.asin], ['y=\\sin^{3}x', (x) => sin(x) ** 3],
  [['y=\\operatorname{floor}(x)', 'y=\\lfloor x\\rfloor', 'y=\\left\\lfloor x\\right\\rfloor', 'y=\\mathrm{floor}(x)', 'y=floor(x)'], floor], ['y=\\lceil x\\rceil', ceil], ['y=\\operatorname{round}(x)', (x) => floor(x + 0.5)], ['y=\\operatorname{sign}(x)', sign], ['y=\\operatorname{mod}(x,2)', (x) => x - 2 * floor(x / 2)], ['y=\\max(x,0)', (x) => max(x, 0)], ['y=\\min(x,1,x^{2})', (x) => min(x, 1, x * x)], ['y=\\left|x\\right|!', (x) => gamma(abs(x) + 1)],
  [['y=2\\pi x', 'y=2πx', 'y=\\tau x', 'y=x\\cdot2\\pi'], (x) => 2 * PI * x], [['y=ax^{2}+bx+n', 'y=ax^2+bx+n', 'y=a x^{2}+b x+n', 'y=x^2a+xb+n'], (x) => 2 * x * x + 3 * x + 5, TWO], [['y=a\\left(x-h\\right)^{2}+k', 'y=a(x-h)^2+k', 'y=a\\mleft(x-h\\mright)^2+k', 'y=(x-h)^{2}a+k'], (x) => 2 * (x - 1) ** 2 + 4, TWO], ['y=a(x-h)(x-k)', (x) => 2 * (x - 1) * (x - 4), TWO], ['y=\\left(x+1\\right)\\left(x-2\\right)', (x) => (x + 1) * (x - 2)], ['y=2x(x+1)', (x) => 2 * x * (x + 1)], ['y=x(x+1)', (x) => x * (x + 1)], ['y=x^{3}-3x', (x) => x ** 3 - 3 * x], ['y=\\frac{ax+b}{x-h}', (x) => over(2 * x + 3, x - 1), TWO], ['y=a\\sqrt[3]{x-h}+k', (x) => 2 * cbrt(x - 1) + 4, TWO],
  ['y=3', () => 3], ['3=y', () => 3], ['y=a', () => 2, TWO], ['y=\\frac{x}{0}', () => NONE],
]);

/** By Stirling's series, far out, and back by the recurrence. @param {number} x @returns {number} */
function gamma(x) {
  if (x < 30) return gamma(x + 1) / x;
  return sqrt((2 * PI) / x) * (x / E) ** x * exp(1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5));
}
