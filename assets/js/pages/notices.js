/** Notices over the page, which stay until they are dismissed. */
import { element, icon } from '../lib/dom.js';
import { FAMILIES } from '../museum/families.js';

/** The number of works that are listed by name. */
const FEW = 3;

/**
 * @param {HTMLElement} place a live region, so that notices are announced
 * @param {string} words
 * @param {...{name: string, press: (say: (words: string) => void) => void}} actions buttons; `say` replaces the
 *   notice's text
 * @returns {() => void} dismisses the notice
 */
export function showNotice(place, words, ...actions) {
  const text = element('p', {}, words);
  const say = (/** @type {string} */ other) => {
    text.textContent = other;
  };
  const close = () => {
    if (notice.contains(document.activeElement)) document.getElementById('main')?.focus({ preventScroll: true });
    notice.remove();
  };
  const notice = element(
    'div',
    { class: 'notice' },
    text,
    ...actions.map(({ name, press }) =>
      element('button', { class: 'button', type: 'button', on: { click: () => press(say) } }, name),
    ),
    element(
      'button',
      { class: 'button button--icon', type: 'button', 'aria-label': 'Dismiss this message', on: { click: close } },
      icon('close'),
    ),
  );
  place.append(notice);
  return close;
}

/**
 * Returns the message about work made before signing in. Pure.
 *
 * @param {import('../sync/account.js').Adoption} adoption
 * @returns {string} '' if there is none
 */
export function adoptionWords({ moved, joined }) {
  const parts = [];
  if (moved.length > 0) parts.push(`What you made before signing in now hangs in your museum: ${works(moved)}.`);
  if (joined.length > 0) {
    parts.push(
      `Your museum already had work of its own: ${works(joined)}. Nothing was replaced: both are kept, and where they differ you can choose.`,
    );
  }
  return parts.join(' ');
}

/**
 * Lists works in words: a few by name, in the order of the poster, many by number.
 *
 * @param {string[]} types
 * @param {number} [most] the most that are listed by name
 */
export function works(types, most = FEW) {
  if (types.length > most) return `${types.length} works`;
  const names = FAMILIES.filter((family) => types.includes(family.type)).map((family) => family.name);
  return new Intl.ListFormat('en').format(names);
}
