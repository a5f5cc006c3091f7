import { COLORS, safeColor } from '../../../state/color.js';
import { itemLatex, itemText } from '../../../state/item.js';
import { isRecord } from '../../../state/json.js';
import { hasInside } from '../../../state/style.js';
import { domainChange, domainEnd, measureChange, measureOf } from '../../../state/style-fields.js';
import { choice, colorChoice, measure, textLine, toggle } from '../../parts/controls.js';
import { colorName } from '../../explore/describe-graph.js';
import { fromPlain } from '../../input/from-plain.js';
import { normalizeLatex } from '../../input/latex.js';
import { toPlain } from '../../input/to-plain.js';

/**
 * The style options of an expression, as far as they apply to its meaning.
 *
 * @typedef {import('../make-row.js').RowContent} RowContent
 * @typedef {(changes: Record<string, unknown>, tag?: string) => void} Change changes the item
 * @typedef {{element: HTMLElement, show: (content: RowContent) => void}} Option
 */

/** Styles of curves. */
const LINE_STYLES = /** @type {const} */ ([
  { value: 'SOLID', label: 'Solid', picture: 'solid' },
  { value: 'DASHED', label: 'Dashed', picture: 'dashed' },
  { value: 'DOTTED', label: 'Dotted', picture: 'dotted' },
]);

const POINT_STYLES = /** @type {const} */ ([
  { value: 'POINT', label: 'Filled', picture: 'dot' },
  { value: 'OPEN', label: 'Open', picture: 'ring' },
  { value: 'CROSS', label: 'Cross', picture: 'cross' },
]);

const DRAG_MODES = /** @type {const} */ ([
  { value: 'AUTO', label: 'As its numbers allow', picture: 'auto' },
  { value: 'NONE', label: 'Not at all', picture: 'still' },
  { value: 'X', label: 'Left and right', picture: 'sideways' },
  { value: 'Y', label: 'Up and down', picture: 'upDown' },
  { value: 'XY', label: 'Any way', picture: 'anyWay' },
]);

const SWATCHES = COLORS.map((value) => ({ value, label: colorName(value) }));

/**
 * @param {RowContent} content of an expression
 * @param {() => import('../../../state/item.js').Item} item returns the current item
 * @param {Change} change
 * @returns {Option[]}
 */
export function styleOptions({ meaning }, item, change) {
  const make = maker(item, change);
  switch (meaning?.kind) {
    case 'function':
    case 'implicit':
    case 'regression':
      return [make.color(), ...make.line()];
    case 'polar':
      return [make.color(), ...make.line(), ...make.fill(false), ...make.domain('polarDomain', '\u03b8')];
    case 'parametric':
      if (hasInside(meaning)) return [make.color(), ...make.area()];
      return [
        make.color(),
        ...make.line(),
        ...make.fill(false),
        ...(meaning.domain ? [] : make.domain('parametricDomain', 't')),
      ];
    case 'inequality':
      return [make.color(), ...make.area()];
    case 'point':
      return [
        make.color(),
        ...make.point(),
        ...(meaning.points.length > 1 ? make.joined() : [make.drag()]),
        ...make.label(),
      ];
    default:
      return [make.color()];
  }
}

/**
 * @param {() => import('../../../state/item.js').Item} item
 * @param {Change} change
 */
function maker(item, change) {
  /**
   * A choice whose first value is the default and is left out of the state.
   *
   * @template {string} T
   * @param {string} legend
   * @param {string} field
   * @param {readonly {value: T, label: string, picture: any}[]} choices
   * @returns {Option}
   */
  const chosen = (legend, field, choices) => {
    const control = choice(legend, choices, (value) =>
      change({ [field]: value === choices[0].value ? undefined : value }),
    );
    return {
      element: control.element,
      show: ({ entry }) =>
        control.show(choices.find(({ value }) => value === itemText(entry.item, field))?.value ?? choices[0].value),
    };
  };

  /**
   * @param {string} label
   * @param {import('../../../state/style-fields.js').Measure} field
   * @param {{min: number, max: number, step: number}} range
   * @returns {Option}
   */
  const measured = (label, field, range) => {
    const control = measure(label, range, (text) => change(measureChange(field, latexOf(text)), `${field}`));
    return { element: control.element, show: ({ entry }) => control.show(toPlain(measureOf(entry.item, field))) };
  };

  /**
   * @param {string} label
   * @param {string} field
   * @param {boolean} isUsual the default, which is left out of the state
   * @returns {Option}
   */
  const switched = (label, field, isUsual) => {
    const control = toggle(label, (isOn) => change({ [field]: isOn === isUsual ? undefined : isOn }));
    return {
      element: control.element,
      show: ({ entry }) =>
        control.show(
          isRecord(entry.item) && typeof entry.item[field] === 'boolean' ? entry.item[field] === true : isUsual,
        ),
    };
  };

  const opacity = { min: 0, max: 1, step: 0.05 };

  const line = () => [
    chosen('Line', 'lineStyle', LINE_STYLES),
    measured('Width', 'lineWidth', { min: 0.5, max: 12, step: 0.5 }),
    measured('Line opacity', 'lineOpacity', opacity),
  ];
  /** @param {boolean} isUsual */
  const fill = (isUsual) => [switched('Fill', 'fill', isUsual), measured('Fill opacity', 'fillOpacity', opacity)];

  return {
    /** @returns {Option} */
    color() {
      // Choosing a colour replaces a computed one.
      const control = colorChoice(SWATCHES, (color) => change({ color, colorLatex: undefined }, 'color'));
      return { element: control.element, show: ({ entry }) => control.show(safeColor(itemText(entry.item, 'color'))) };
    },
    line,
    fill,
    area: () => [...fill(true), switched('Edge', 'lines', true), ...line()],
    point: () => [
      chosen('Point', 'pointStyle', POINT_STYLES),
      measured('Size', 'pointSize', { min: 1, max: 30, step: 1 }),
      measured('Point opacity', 'pointOpacity', opacity),
    ],
    /** Lists of points. */
    joined: () => [
      switched('Join the points', 'lines', false),
      chosen('Line', 'lineStyle', LINE_STYLES),
      measured('Width', 'lineWidth', { min: 0.5, max: 12, step: 0.5 }),
    ],
    drag: () => chosen('Can be moved', 'dragMode', DRAG_MODES),
    /** @returns {Option[]} */
    label() {
      const text = textLine(
        'Label',
        (label) => {
          const isFirst = itemText(item(), 'label') === '';
          change({ label: label || undefined, ...(isFirst && label ? { showLabel: true } : {}) }, 'label');
        },
        { placeholder: toPlain(itemLatex(item())) },
      );
      return [
        { element: text.element, show: ({ entry }) => text.show(itemText(entry.item, 'label')) },
        switched('Show the label', 'showLabel', false),
      ];
    },
    /**
     * @param {import('../../../state/style-fields.js').Domain} field
     * @param {string} name of the parameter
     * @returns {Option[]}
     */
    domain: (field, name) =>
      /** @type {const} */ (['min', 'max']).map((end) => {
        const words = end === 'min' ? `${name} from` : `${name} to`;
        const control = textLine(words, (text) => change(domainChange(item(), field, end, latexOf(text))), {
          isNumber: true,
        });
        return {
          element: control.element,
          show: ({ entry }) => control.show(toPlain(domainEnd(entry.item, field, end))),
        };
      }),
  };
}

/** @param {string} text @returns {string} */
function latexOf(text) {
  return normalizeLatex(fromPlain(text));
}
