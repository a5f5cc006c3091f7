/**
 * Words to the student above the page, which stay until they are put away.
 */
import { element, icon } from '../lib/dom.js';
import { familyByType } from '../museum/families.js';

/**
 * @param {HTMLElement} place a live region, so that the words are read out
 * @param {string} words
 */
export function showNotice(place, words) {
  const close = () => {
    notice.remove();
    document.getElementById('main')?.focus();
  };
  const notice = element('div', { class: 'notice' },
    element('p', {}, words),
    element('button', { class: 'button button--icon', type: 'button', 'aria-label': 'Put this message away', on: { click: close } }, icon('close')));
  place.replaceChildren(notice);
}

/**
 * What to say about the work that was made before signing in. Pure.
 *
 * @param {import('../sync/account.js').Adoption} adoption
 * @returns {string} '' if there is nothing to say
 */
export function adoptionWords({ moved, kept }) {
  const parts = [];
  if (moved.length > 0) parts.push(`The work you made before signing in now hangs in your museum: ${names(moved)}.`);
  if (kept.length > 0) {
    parts.push(`Your museum had work of its own in ${names(kept)}, so nothing was replaced. What you made before signing in is still on this device: sign out to see it.`);
  }
  return parts.join(' ');
}

/** @param {string[]} types */
function names(types) {
  return new Intl.ListFormat('en').format(types.map((type) => familyByType(type)?.name ?? type));
}
