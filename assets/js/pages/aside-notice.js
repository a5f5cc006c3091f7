/**
 * Asks what becomes of works that hung in an earlier account of the same address.
 */
import { showNotice, works } from './notices.js';

/** @typedef {import('../sync/aside.js').Aside} Aside */

/** @type {(() => void) | undefined} */
let putAway;

/**
 * @param {{aside: Aside, types: string[], place: HTMLElement}} parts `types` are those of the works, if there are some, `place` is where notices go
 */
export function askAboutAside({ aside, types, place }) {
  putAway?.();
  if (types.length === 0) return;
  const does = (/** @type {() => Promise<void>} */ act) => (/** @type {(words: string) => void} */ say) => {
    act().then(() => putAway?.(), () => say('This browser could not write just now. Nothing is lost. Please try again.'));
  };
  putAway = showNotice(place, `Your account was deleted and made anew. What hung in the earlier one is still on this device: ${works(types)}.`,
    { name: 'Hang it in this museum', press: does(() => aside.hang()) },
    { name: 'Remove it from this device', press: does(() => aside.drop()) });
}
