import { button, element, setAttribute } from '../parts/dom.js';

/** @type {readonly [string, string][]} */
const DRAG_MODES = [
  ['NONE', 'Points stay'],
  ['XY', 'Points can be moved'],
  ['X', 'Moved left and right'],
  ['Y', 'Moved up and down'],
];

/**
 * The actions of the tools; the table knows which row and column they apply to.
 *
 * @typedef {object} ToolEvents
 * @property {() => void} insertRow
 * @property {() => void} removeRow
 * @property {() => void} removeColumn
 * @property {(changes: Record<string, unknown>) => void} style changes keys of the column
 * @property {() => void} see moves the view to the points of the table
 * @property {() => void} copy
 */

/**
 * The content of the tools.
 *
 * @typedef {object} ToolContent
 * @property {number | null} row from 1; null if there is no row to remove
 * @property {string | null} column name of the column, or null
 * @property {Record<string, unknown> | null} points the keys of the column; null if it has no points of its own
 * @property {boolean} isComputed
 */

/** The buttons below a table, for the row and column of the cursor. */
export class TableTools {
  #insertRow;
  #removeRow;
  #removeColumn;
  #shown;
  #points;
  #lines;
  #drag;
  #see;
  #copy;
  element;

  /** @param {ToolEvents} events */
  constructor(events) {
    this.#insertRow = textButton(events.insertRow);
    this.#removeRow = textButton(events.removeRow);
    this.#removeColumn = textButton(events.removeColumn);
    this.#shown = toggle('Shown', (isOn) => events.style({ hidden: isOn ? undefined : true }));
    this.#points = toggle('Points', (isOn) => events.style({ points: isOn ? undefined : false }));
    this.#lines = toggle('Lines', (isOn) => events.style({ lines: isOn || undefined }));
    this.#drag = element(
      'select',
      { class: 'graph-table-drag' },
      ...DRAG_MODES.map(([mode, name]) => element('option', { value: mode }, name)),
    );
    this.#drag.addEventListener('change', () => {
      events.style({ dragMode: this.#drag.value === 'NONE' ? undefined : this.#drag.value });
    });
    this.#see = textButton(events.see);
    this.#see.textContent = 'See all points';
    this.#copy = textButton(events.copy);
    this.#copy.textContent = 'Copy table';
    this.element = element(
      'div',
      { class: 'graph-table-tools', role: 'group', 'aria-label': 'Row and column', hidden: true },
      this.#insertRow,
      this.#removeRow,
      this.#see,
      this.#shown,
      this.#points,
      this.#lines,
      this.#drag,
      this.#removeColumn,
      this.#copy,
    );
  }

  /** @param {ToolContent} content */
  show({ row, column, points, isComputed }) {
    this.#insertRow.hidden = this.#removeRow.hidden = row === null;
    this.#removeColumn.hidden = column === null;
    setText(this.#insertRow, `Add row above ${row}`);
    setText(this.#removeRow, `Delete row ${row}`);
    setText(this.#removeColumn, `Delete ${column}`);
    for (const control of [this.#shown, this.#points, this.#lines, this.#drag]) control.hidden = points === null;
    this.#drag.hidden ||= isComputed;
    if (!points) return;
    setAttribute(this.#shown, 'aria-pressed', String(points.hidden !== true));
    setAttribute(this.#points, 'aria-pressed', String(points.points !== false));
    setAttribute(this.#lines, 'aria-pressed', String(points.lines === true));
    for (const [control, name] of /** @type {const} */ ([
      [this.#shown, 'shown'],
      [this.#points, 'points'],
      [this.#lines, 'lines'],
    ])) {
      setAttribute(control, 'aria-label', `${column} ${name}`);
    }
    setAttribute(this.#drag, 'aria-label', `Moving the points of ${column}`);
    const mode = typeof points.dragMode === 'string' ? points.dragMode : 'NONE';
    this.#drag.value = mode === 'AUTO' ? 'XY' : mode;
  }

  focus() {
    const first = [...this.element.querySelectorAll('button')].find((node) => !node.hidden);
    first?.focus();
  }
}

/** @param {() => void} onClick */
function textButton(onClick) {
  const node = button('graph-table-tool', '', onClick);
  node.removeAttribute('aria-label');
  return node;
}

/**
 * @param {string} text
 * @param {(isOn: boolean) => void} onChange
 */
function toggle(text, onChange) {
  const node = button('graph-table-tool', text, () => onChange(node.getAttribute('aria-pressed') !== 'true'), text);
  return node;
}

/**
 * @param {HTMLElement} node
 * @param {string} text
 */
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
