/**
 * A dialog over the page, with a heading and a button to close it.
 */
import { element, icon } from '../lib/dom.js';

let count = 0;

/**
 * Makes a dialog, closed and not yet on the page. When it is closed its content goes: fields in several dialogs may have the
 * same id, and a code or a password is not to stay.
 *
 * @param {'narrow' | 'wide'} [width]
 * @returns {{dialog: HTMLDialogElement, heading: HTMLElement, body: HTMLElement}}
 */
export function makeDialog(width = 'narrow') {
  count += 1;
  const id = `dialog-${count}`;
  const heading = element('h2', { id, tabindex: '-1' });
  const body = element('div', { class: 'dialog__body' });
  const close = element('button', { class: 'button button--icon', type: 'button', 'aria-label': 'Close', on: { click: () => dialog.close() } }, icon('close'));
  const dialog = element('dialog', { class: width === 'wide' ? 'dialog dialog--wide' : 'dialog', 'aria-labelledby': id },
    element('div', { class: 'dialog__head' }, heading, close), body);
  dialog.addEventListener('close', () => {
    // The event comes a moment after the dialog has closed; by then it may have been opened again.
    if (!dialog.open) body.replaceChildren();
  });
  return { dialog, heading, body };
}

/**
 * An error that is read out when it appears; hidden while it has no text. Its field points to it by `aria-describedby`.
 *
 * @param {string} id
 */
export function makeErrorLine(id) {
  const text = element('span', { id });
  const line = element('p', { class: 'field__error', role: 'alert', hidden: true }, icon('alert'), text);
  return {
    element: line,
    /** @param {string} words */
    say(words) {
      text.textContent = words;
      line.hidden = words === '';
    },
  };
}
