/** Modal dialogs with a heading and a close button. */
import { element, icon } from '../lib/dom.js';

let count = 0;

/**
 * Creates a dialog, closed and not yet in the document. Its content is removed when it closes: fields of several
 * dialogs may have the same id, and codes and passwords must not stay.
 *
 * @param {'narrow' | 'wide'} [width]
 * @returns {{dialog: HTMLDialogElement, heading: HTMLElement, body: HTMLElement}}
 */
export function makeDialog(width = 'narrow') {
  count += 1;
  const id = `dialog-${count}`;
  const heading = element('h2', { id, tabindex: '-1' });
  const body = element('div', { class: 'dialog__body' });
  const close = element(
    'button',
    { class: 'button button--icon', type: 'button', 'aria-label': 'Close', on: { click: () => dialog.close() } },
    icon('close'),
  );
  const dialog = element(
    'dialog',
    { class: width === 'wide' ? 'dialog dialog--wide' : 'dialog', 'aria-labelledby': id },
    element('div', { class: 'dialog__head' }, heading, close),
    body,
  );
  dialog.addEventListener('close', () => {
    // The event arrives after the dialog has closed, which may have been opened again.
    if (!dialog.open) body.replaceChildren();
  });
  return { dialog, heading, body };
}

/**
 * Creates an error message that is announced when it appears and hidden while empty. Its field refers to it by
 * `aria-describedby`.
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
