/**
 * The default colours of the plane: white paper by day and by night, because students choose the colours of curves on
 * it.
 *
 * @type {Readonly<import('./draw.js').Theme>}
 */
export const PAPER = Object.freeze({
  paper: '#fffefb',
  gridMinor: '#eceae4',
  grid: '#d3cfc6',
  axis: '#5f594f',
  label: '#4a453d',
  font: 'system-ui, sans-serif',
});
