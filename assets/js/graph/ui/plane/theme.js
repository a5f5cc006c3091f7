import { PAPER } from '../../plot/draw/default-theme.js';

/**
 * @param {Element} node
 * @returns {import('../../plot/draw/draw.js').Theme} the plane's colours from the style sheet for this element
 */
export function themeOf(node) {
  const style = getComputedStyle(node);
  /** @param {string} name @param {string} fallback */
  const color = (name, fallback) => style.getPropertyValue(name).trim() || fallback;
  return {
    paper: color('--graph-paper', PAPER.paper),
    gridMinor: color('--graph-grid-minor', PAPER.gridMinor),
    grid: color('--graph-grid', PAPER.grid),
    axis: color('--graph-axis', PAPER.axis),
    label: color('--graph-label', PAPER.label),
    font: style.fontFamily || PAPER.font,
  };
}
