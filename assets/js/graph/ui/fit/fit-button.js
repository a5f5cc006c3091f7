import { button, element, setAttribute } from '../parts/dom.js';
import { icon } from '../parts/icons.js';

/** The button on the plane that starts curve fitting. The rest is loaded when it is first pressed. */
export class FitButton {
  #editing;
  #button;
  #failure = element(
    'p',
    { class: 'graph-fit-failure', hidden: true },
    'This tool could not be loaded. Your graph is safe. Check the network and press Fit again.',
  );
  /** @type {import('./mode.js').FitMode | null} */
  #mode = null;
  #isOpen = false;

  /** @param {import('../editing.js').Editing} editing */
  constructor(editing) {
    this.#editing = editing;
    this.#button = button('graph-bar-button', 'Fit a curve to points', () => this.#press(), icon('fit'), 'Fit');
    setAttribute(this.#button, 'aria-pressed', 'false');
    editing.plane.bar.append(this.#button);
    editing.plane.over.append(this.#failure);
  }

  show() {
    this.#button.hidden = this.#editing.readOnly;
    if (this.#editing.readOnly) this.#mode?.close();
  }

  destroy() {
    this.#mode?.close();
    this.#button.remove();
    this.#failure.remove();
  }

  async #press() {
    this.#failure.hidden = true;
    if (this.#isOpen) {
      this.#mode?.close();
      return;
    }
    try {
      const { FitMode } = await import('./mode.js');
      this.#mode ??= new FitMode(this.#editing, this.#editing.family, () => this.#closed());
    } catch {
      this.#failure.hidden = false;
      this.#editing.announce(this.#failure.textContent ?? '');
      return;
    }
    if (this.#isOpen || this.#editing.readOnly || !this.#button.isConnected) return;
    this.#isOpen = true;
    setAttribute(this.#button, 'aria-pressed', 'true');
    this.#editing.plane.element.before(this.#mode.element);
    this.#mode.open();
  }

  #closed() {
    this.#isOpen = false;
    setAttribute(this.#button, 'aria-pressed', 'false');
    const hadFocus = this.#mode?.element.contains(document.activeElement);
    this.#mode?.element.remove();
    if (hadFocus) this.#button.focus();
  }
}
