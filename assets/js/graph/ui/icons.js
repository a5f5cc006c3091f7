const SVG = 'http://www.w3.org/2000/svg';

/** Lines on a square of 20 units. */
const PATHS = {
  add: 'M10 4v12M4 10h12',
  remove: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  zoomIn: 'M10 4.5v11M4.5 10h11',
  zoomOut: 'M4.5 10h11',
  home: 'M3.5 10L10 4l6.5 6M5.5 8.5V16h9V8.5',
  undo: 'M7.5 4.5L4 8l3.5 3.5M4 8h7.5a4 4 0 0 1 0 8H8',
  redo: 'M12.5 4.5L16 8l-3.5 3.5M16 8H8.5a4 4 0 0 0 0 8H12',
  curve: 'M3.5 13.5c3-9 5-9 6.5-3.5s3.5 5.5 6.5-3.5',
  points: 'M6.5 12.5h.01M13.5 7.5h.01',
  play: 'M7 4.5l8.5 5.5L7 15.5z',
  pause: 'M7.5 5v10M12.5 5v10',
  note: 'M5 6h10M5 10h10M5 14h6',
  folder: 'M3.5 6v9.5h13v-8H10L8.5 5.5h-5z',
  open: 'M5 8l5 5 5-5',
  warning: 'M10 4.5v6.5M10 14.8v.2',
};

/**
 * @param {keyof typeof PATHS} name
 * @returns {SVGSVGElement} a picture in the colour of the text; its meaning is told by the control that holds it
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'graph-icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
