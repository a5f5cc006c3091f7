import { contentOf } from './state/entries.js';
import { itemKind, itemLatex } from './state/item.js';
import { describeKept } from './ui/explore/describe-graph.js';
import { toPlain } from './ui/input/to-plain.js';

/**
 * What a graph's list holds, line by line in plain letters: to be read beside a thumbnail, and by those who do not see it.
 *
 * @param {unknown} state a Desmos state
 * @returns {string[]} such as `y = 2x^2` and `Table: x_1, y_1`; blank lines are left out
 */
export function outline(state) {
  return contentOf(state).entries.map(({ item }) => {
    if (itemKind(item) === 'expression') return toPlain(itemLatex(item));
    const { name, detail } = describeKept(item);
    return detail === '' ? name : `${name}: ${detail}`;
  }).filter((line) => line !== '');
}
