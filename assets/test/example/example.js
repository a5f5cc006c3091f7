import { createGrapher } from '../../js/graph/index.js';

/** @param {...string} formulas */
const stateOf = (...formulas) => ({
  version: 11,
  graph: { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 } },
  expressions: {
    list: formulas.map((latex, i) => ({ type: 'expression', id: String(i + 1), color: '#2d70b3', latex })),
  },
});

const GRAPHS = [
  stateOf('y=a\\left(x-h\\right)^{2}+k', 'a=1', 'h=2', 'k=-3'),
  stateOf('x^{2}+y^{2}=25', 'y=\\frac{3}{4}x'),
  stateOf('y=2\\sin x', 'y>\\cos x'),
];

/**
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @returns {T}
 */
function find(selector, kind) {
  const node = document.querySelector(selector);
  if (!(node instanceof kind)) throw new Error(`${selector} is missing`);
  return node;
}

const text = find('#state', HTMLPreElement);
const show = (/** @type {unknown} */ state) => {
  text.textContent = JSON.stringify(state, null, 2);
};

const grapher = createGrapher(find('#graph', HTMLDivElement), { state: GRAPHS[0], onChange: show });
show(grapher.getState());

let shown = 0;
find('#another', HTMLButtonElement).addEventListener('click', () => {
  shown = (shown + 1) % GRAPHS.length;
  grapher.setState(GRAPHS[shown]);
  show(grapher.getState());
});

const readOnly = find('#read-only', HTMLInputElement);
readOnly.addEventListener('change', () => grapher.setReadOnly(readOnly.checked));
