import { button, element } from './dom.js';
import { icon } from './icons.js';

/** @typedef {{title: string, rows: readonly (readonly [what: string, words: string])[]}} Part */

/**
 * Gestures of finger and mouse.
 *
 * @type {Part}
 */
const POINTING = {
  title: 'By finger or mouse',
  rows: [
    ['Press a curve', 'Show its points of interest; press one for its coordinates'],
    ['Drag along a curve', 'Trace it and read the coordinates'],
    ['Drag the graph', 'Look around'],
    ['Two fingers, the wheel', 'Zoom; with two fingers, resize and rotate a photo that is being placed'],
    ['Press the colour of a line', 'Hide or show what it draws'],
    ['Hold the colour of a line', 'Set colour and style, move, copy or delete the line'],
    ['Drag the dots beside a line', 'Move the line'],
    ['Press an end of a slider', 'Set its limits, its step and how it plays'],
  ],
};

/**
 * The keyboard shortcuts in words.
 *
 * @type {readonly Part[]}
 */
const PARTS = [
  {
    title: 'The list',
    rows: [
      ['Enter', 'A new line below'],
      ['Up, Down', 'To the line above or below'],
      ['Backspace in an empty line', 'Delete the line'],
      ['" at the beginning of a line', 'Write a note'],
      ['Ctrl + Enter in a note', 'A new line below the note'],
      ['Alt + Up, Alt + Down', 'Move the line, also into folders and out of them'],
      ['Ctrl + D', 'Delete the line'],
      ['Ctrl + Shift + D', 'Duplicate the line'],
      ['Ctrl + Alt + H', 'Hide or show what the line draws'],
      ['Ctrl + Alt + O', 'Add a note'],
      ['Ctrl + Alt + T', 'Add a table'],
      ['Ctrl + Alt + F', 'Add a folder'],
    ],
  },
  {
    title: 'Everywhere',
    rows: [
      ['Ctrl + Z', 'Undo'],
      ['Ctrl + Shift + Z, Ctrl + Y', 'Redo'],
      ['Ctrl + V', 'Paste a formula, several lines of formulas, a whole graph, or a picture'],
      ['Escape', 'Close what is open'],
      ['Ctrl + /', 'This page'],
    ],
  },
  {
    title: 'Formulas',
    rows: [
      ['/', 'A fraction'],
      ['^', 'A power'],
      ['Space, Right', 'Out of a fraction, a power, or a root'],
      ['_', 'An index: a_1'],
      ['|', 'An absolute value'],
      ['sqrt, cbrt, nthroot', 'Roots'],
      ['pi, theta', '\u03c0, \u03b8'],
      ['<=, >=', '\u2264, \u2265'],
      ['{ }', 'Where the curve is drawn: y = x^2 {0 < x < 3}'],
      ['~', 'A fit to the points of a table: y_1 ~ m x_1 + b'],
    ],
  },
  {
    title: 'The graph',
    rows: [
      ['Tab', 'To the graph, and on to its buttons'],
      ['Arrows at the border beside the list', 'Make the list wider or narrower; Enter or a double click resets it'],
      ['Arrows', 'Move the view; with Shift, in small steps'],
      ['+, \u2212', 'Zoom in, zoom out'],
      ['0', 'Back to the start view'],
      ['I, Shift + I', 'To the next or previous point of interest of the selected curve'],
      ['T, Enter', 'Trace the curve: arrows, with Shift in small steps; Escape ends'],
      ['S', 'While tracing: a tone that rises and falls with the curve'],
      ['D', 'The graph in words'],
    ],
  },
  {
    title: 'The graph, while a photo is placed',
    rows: [
      ['Arrows', 'Move the photo; with Shift, pixel by pixel'],
      ['+, \u2212', 'Larger, smaller'],
      ['[, ]', 'Turn it to the left, to the right'],
      ['Enter', 'Lock it in place'],
    ],
  },
  {
    title: 'The graph, while a curve is fitted',
    rows: [
      ['Arrows', 'Move the crosshair; with Shift, in small steps'],
      ['Enter', 'Set a point'],
      ['P', 'To the next point'],
      ['Delete', 'Remove the point'],
      ['Ctrl + Z', 'Undo the last change of the points'],
    ],
  },
];

/** Touch devices list the gestures first. */
const inOrder = () => (matchMedia('(pointer: coarse)').matches ? [POINTING, ...PARTS] : [...PARTS, POINTING]);

/** Whether the device has an Apple keyboard. */
const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** A printable sheet with shortcuts and gestures. */
export class HelpSheet {
  #dialog;

  /** @param {HTMLElement} host the grapher */
  constructor(host) {
    const close = button('graph-step', 'Close', () => this.#dialog.close(), icon('remove'));
    const title = element('h2', { class: 'graph-help-title', id: 'graph-help-title' }, 'Shortcuts and gestures');
    this.#dialog = element(
      'dialog',
      { class: 'graph-help', 'aria-labelledby': title.id },
      element('div', { class: 'graph-help-head' }, title, close),
      element('div', { class: 'graph-help-body', tabindex: 0 }, ...inOrder().map(sectionOf)),
    );
    this.#dialog.addEventListener('close', () => this.#dialog.remove());
    // A press beside the sheet hits the dialog itself.
    this.#dialog.addEventListener('click', ({ target }) => {
      if (target === this.#dialog) this.#dialog.close();
    });
    host.append(this.#dialog);
    this.#dialog.showModal();
  }
}

/** @param {Part} part */
function sectionOf({ title, rows }) {
  return element(
    'section',
    { class: 'graph-help-part' },
    element('h3', {}, title),
    element(
      'dl',
      {},
      ...rows.map(([keys, words]) => element('div', {}, element('dt', {}, ...keysOf(keys)), element('dd', {}, words))),
    ),
  );
}

/** @param {string} keys @returns {(Node | string)[]} */
function keysOf(keys) {
  const named = isApple ? keys.replaceAll('Ctrl', '\u2318').replaceAll('Alt', '\u2325') : keys;
  return named
    .split(/(, | \+ | (?:in|at) .*)/)
    .map((part, i) => (i % 2 === 0 && part !== '' ? element('kbd', {}, part) : part));
}
