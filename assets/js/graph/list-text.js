import { contentOf } from './state/entries.js';
import { itemKind, itemLatex } from './state/item.js';
import { describeKept } from './ui/explore/describe-graph.js';
import { toPlain } from './ui/input/to-plain.js';

/**
 * Lists the items of a graph as plain text: the text alternative of a thumbnail.
 *
 * @param {unknown} state a Desmos state
 * @returns {string[]} such as `y = 2x^2` and `Table: x_1, y_1`; without blank lines
 */
export function outline(state) {
  return contentOf(state)
    .entries.map(({ item }) => {
      if (itemKind(item) === 'expression') return toPlain(itemLatex(item));
      const { name, detail } = describeKept(item);
      return detail === '' ? name : `${name}: ${detail}`;
    })
    .filter((line) => line !== '');
}
