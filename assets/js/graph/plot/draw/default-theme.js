/**
 * The plane's colours where no style sheet says otherwise: light paper, by day and by night, for the curves are drawn in
 * colours that students chose on it.
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
