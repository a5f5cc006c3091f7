import { itemText } from '../../state/item.js';
import { element } from '../parts/dom.js';
import { choice, textLine, toggle } from '../parts/controls.js';
import { Popup } from '../parts/popup.js';

/** @typedef {import('../../state/settings.js').Viewport} Viewport */
/** @typedef {Readonly<Record<string, unknown>>} Graph the state's `graph` */

/** The switches and their defaults. */
const SWITCHES = /** @type {const} */ ([
  { field: 'showGrid', label: 'Grid', isUsual: true },
  { field: 'polarMode', label: 'Polar grid', isUsual: false },
  { field: 'showXAxis', label: 'x-axis', isUsual: true },
  { field: 'xAxisNumbers', label: 'Numbers on the x-axis', isUsual: true },
  { field: 'showYAxis', label: 'y-axis', isUsual: true },
  { field: 'yAxisNumbers', label: 'Numbers on the y-axis', isUsual: true },
  { field: 'squareAxes', label: 'Same scale on both axes', isUsual: true },
]);

/** @type {readonly (keyof Viewport)[]} */
const SIDES = ['xmin', 'xmax', 'ymin', 'ymax'];

/** @type {Readonly<Record<keyof Viewport, string>>} */
const SIDE_LABELS = { xmin: 'x from', xmax: 'x to', ymin: 'y from', ymax: 'y to' };

/** The settings of the plane: angle unit, viewport, grid and axes. Each change is an undo step. */
export class GraphSettings {
  #editing;
  #popup;
  #copy;
  #note = element('p', { class: 'graph-setting-note', role: 'status' });
  /** @type {(() => void)[]} update functions of the controls */
  #shows = [];

  /**
   * @param {import('../editing.js').Editing} editing
   * @param {() => void} copy copies the list to the clipboard as text
   */
  constructor(editing, copy) {
    this.#editing = editing;
    this.#copy = element('button', { type: 'button', class: 'graph-deed' }, 'Copy the list as text');
    this.#copy.addEventListener('click', () => {
      this.#popup.close();
      copy();
    });
    this.#popup = new Popup(editing.host);
  }

  /** @param {HTMLElement} anchor */
  toggle(anchor) {
    if (this.#popup.isOpen) {
      this.#popup.close();
      return;
    }
    this.#shows = [];
    this.#note.textContent = '';
    const parts = [
      this.#angles(),
      this.#window(),
      this.#note,
      element('div', { class: 'graph-toggles' }, ...SWITCHES.map((setting) => this.#switch(setting))),
      this.#line('Name of the x-axis', 'xAxisLabel'),
      this.#line('Name of the y-axis', 'yAxisLabel'),
      this.#step('Step on the x-axis', 'xAxisStep'),
      this.#step('Step on the y-axis', 'yAxisStep'),
    ];
    this.show();
    this.#popup.open(anchor, 'Settings of the graph', [
      element('div', { class: 'graph-settings' }, ...parts),
      element('div', { class: 'graph-deeds' }, this.#copy),
    ]);
  }

  /** Updates the controls after changes made elsewhere, such as undo. */
  show() {
    if (this.#editing.readOnly) this.#popup.close();
    for (const show of this.#shows) show();
  }

  destroy() {
    this.#popup.destroy();
  }

  /** @returns {Graph} */
  get #graph() {
    return this.#editing.document.graph;
  }

  /**
   * @param {Record<string, unknown>} changes
   * @param {string} [tag]
   */
  #change(changes, tag) {
    this.#editing.document.setGraph(changes, tag);
    this.#editing.changed();
  }

  #angles() {
    const control = choice(
      'Angles in',
      [
        { value: 'radians', label: 'Radians' },
        { value: 'degrees', label: 'Degrees' },
      ],
      (unit) => {
        this.#change({ degreeMode: unit === 'degrees' ? true : undefined });
      },
    );
    this.#shows.push(() => control.show(this.#graph.degreeMode === true ? 'degrees' : 'radians'));
    return control.element;
  }

  /** The viewport: four numbers. */
  #window() {
    const controls = SIDES.map((side) => {
      const control = textLine(SIDE_LABELS[side], (text) => this.#look(side, text), { isNumber: true });
      this.#shows.push(() => control.show(spell(this.#editing.plane.viewport[side])));
      return control.element;
    });
    return element('div', { class: 'graph-window', role: 'group', 'aria-label': 'View' }, ...controls);
  }

  /**
   * @param {keyof Viewport} side
   * @param {string} text
   */
  #look(side, text) {
    const viewport = { ...this.#editing.plane.viewport, [side]: numberOf(text) };
    const isRange =
      viewport.xmin < viewport.xmax &&
      viewport.ymin < viewport.ymax &&
      SIDES.every((name) => Number.isFinite(viewport[name]));
    this.#note.textContent = isRange ? '' : 'The first number has to be smaller than the second. Nothing has changed.';
    if (!isRange) return;
    // Typed numbers apply even if they stretch one of the axes.
    this.#editing.document.lookAt(viewport, { squareAxes: false });
    this.#editing.changed();
  }

  /** @param {typeof SWITCHES[number]} setting */
  #switch({ field, label, isUsual }) {
    const control = toggle(label, (isOn) => this.#change({ [field]: isOn === isUsual ? undefined : isOn }));
    this.#shows.push(() => control.show(isUsual ? this.#graph[field] !== false : this.#graph[field] === true));
    return control.element;
  }

  /**
   * @param {string} label
   * @param {string} field
   */
  #line(label, field) {
    const control = textLine(label, (text) => this.#change({ [field]: text || undefined }, field));
    this.#shows.push(() => control.show(itemText(this.#graph, field)));
    return control.element;
  }

  /**
   * @param {string} label
   * @param {string} field a number; empty for automatic steps
   */
  #step(label, field) {
    const control = textLine(
      label,
      (text) => {
        const step = numberOf(text);
        this.#change({ [field]: step > 0 && Number.isFinite(step) ? step : undefined });
      },
      { isNumber: true, placeholder: 'automatic' },
    );
    this.#shows.push(() => {
      const step = this.#graph[field];
      control.show(typeof step === 'number' && step > 0 ? spell(step) : '');
    });
    return control.element;
  }
}

/** @param {string} text @returns {number} NaN if it is not a number */
function numberOf(text) {
  const plain = text.trim().replace('\u2212', '-').replace(',', '.');
  return plain === '' ? NaN : Number(plain);
}

/** @param {number} value */
function spell(value) {
  return String(Number(value.toPrecision(6)));
}
