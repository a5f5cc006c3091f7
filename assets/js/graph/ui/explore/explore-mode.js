import { toggle } from '../parts/controls.js';
import { CurveFinder } from './curve-finder.js';
import { button, element } from '../parts/dom.js';
import { icon } from '../parts/icons.js';
import { InterestPoints } from './interest.js';
import { Popup } from '../parts/popup.js';
import { Printing } from '../plane/printing.js';
import { Tracing } from './trace.js';

/** Everything done with a graph without changing it: points of interest, tracing, description, export. */
export class ExploreMode {
  #editing;
  #interest;
  #tracing;
  #printing;
  #popup;
  #opener;
  #removeKey;

  /** @param {import('../editing.js').Editing} editing */
  constructor(editing) {
    this.#editing = editing;
    this.#interest = new InterestPoints(editing);
    this.#tracing = new Tracing(editing, this.#interest);
    this.#printing = new Printing(editing);
    this.#popup = new Popup(editing.host);
    this.#opener = button('graph-bar-button graph-explore', 'Explore and share', () => this.#openMenu(), icon('more'));
    this.#opener.setAttribute('aria-haspopup', 'dialog');
    editing.plane.bar.append(this.#opener);
    this.#removeKey = editing.plane.use({ key: (event) => this.#key(event) });
  }

  show() {
    this.#interest.show();
    this.#tracing.show();
  }

  selected() {
    this.#interest.selected();
  }

  destroy() {
    this.#removeKey();
    this.#popup.destroy();
    this.#printing.destroy();
    this.#interest.destroy();
    this.#tracing.destroy();
    this.#opener.remove();
  }

  /** @param {KeyboardEvent} event */
  #key({ key, ctrlKey, metaKey, altKey }) {
    if (ctrlKey || metaKey || altKey || (key !== 'd' && key !== 'D')) return false;
    // The focus returns to where the key was pressed, not to the button with the same action.
    void this.#describe(() =>
      queueMicrotask(() => {
        if (document.activeElement === this.#opener) this.#editing.plane.focus();
      }),
    );
    return true;
  }

  #openMenu() {
    if (this.#popup.isOpen) {
      this.#popup.close();
      return;
    }
    const tone = toggle('Sound while tracing', (isOn) => {
      this.#tracing.hasTone = isOn;
    });
    tone.show(this.#tracing.hasTone);
    tone.element.classList.add('graph-deed');
    const deeds = [
      this.#deed('Trace a curve', () => this.#tracing.begin()),
      tone.element,
      this.#deed('The graph in words', () => this.#describe()),
      this.#share('Save as picture (PNG)', async ({ savePng }) => savePng(this.#editing.plane, 1)),
      this.#share('Save as large picture (PNG)', async ({ savePng }) => savePng(this.#editing.plane, 2)),
      this.#share('Save as drawing (SVG)', async ({ saveSvg }) => saveSvg(this.#editing.plane)),
      this.#share(
        'Copy the graph as text',
        async ({ copyState }) => copyState(this.#editing.document.toState()),
        'Copied: paste it into the list of any graph.',
      ),
      this.#deed('Print', () => window.print()),
    ];
    this.#popup.open(this.#opener, 'Explore and share', [element('div', { class: 'graph-menu' }, ...deeds)]);
  }

  /** @param {string} label @param {() => void} run called after the menu has closed */
  #deed(label, run) {
    const node = element('button', { type: 'button', class: 'graph-deed' }, label);
    node.addEventListener('click', () => {
      this.#popup.close();
      run();
    });
    return node;
  }

  /**
   * Runs an action that takes a moment and may fail, and shows the result on the button.
   *
   * @param {string} label
   * @param {(share: typeof import('../plane/save-and-copy.js')) => Promise<void>} run
   * @param {string} [done]
   */
  #share(label, run, done = 'Saved with your downloads.') {
    const node = element('button', { type: 'button', class: 'graph-deed' }, label);
    node.addEventListener('click', async () => {
      let words = done;
      try {
        await run(await import('../plane/save-and-copy.js'));
      } catch {
        words = 'That did not work. Nothing was lost; try again.';
      }
      node.textContent = words;
      this.#editing.announce(words);
    });
    return node;
  }

  /** @param {() => void} [onClose] */
  async #describe(onClose) {
    const { descriptionOf } = await import('./graph-description.js');
    const content = descriptionOf(
      this.#editing,
      new CurveFinder(this.#editing),
      (drawable) => this.#interest.pointsOf(drawable),
      () => this.#popup.close(),
    );
    const text = element('div', { class: 'graph-words', tabindex: 0 }, ...content);
    this.#popup.open(this.#opener, 'The graph in words', [text], onClose);
    text.focus();
    this.#popup.element.scrollTop = 0;
  }
}
