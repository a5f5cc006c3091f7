import { Relations } from '../../../../js/graph/plot/implicit/relations.js';

/** @returns {Relations} whose clock stands still: they are whole with the first picture */
export function patient() {
  return new Relations(undefined, () => 0);
}
