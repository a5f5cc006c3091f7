const SVG = 'http://www.w3.org/2000/svg';

/** Paths on a square of 20 units. */
const PATHS = {
  add: 'M10 4v12M4 10h12',
  remove: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  zoomIn: 'M10 4.5v11M4.5 10h11',
  zoomOut: 'M4.5 10h11',
  home: 'M3.5 10L10 4l6.5 6M5.5 8.5V16h9V8.5',
  undo: 'M7.5 4.5L4 8l3.5 3.5M4 8h7.5a4 4 0 0 1 0 8H8',
  redo: 'M12.5 4.5L16 8l-3.5 3.5M16 8H8.5a4 4 0 0 0 0 8H12',
  curve: 'M3.5 13.5c3-9 5-9 6.5-3.5s3.5 5.5 6.5-3.5',
  fit: 'M3.5 16.5C6 1.5 14 1.5 16.5 16.5M4.5 9h.01M10 4.5h.01M15.5 9h.01',
  points: 'M6.5 12.5h.01M13.5 7.5h.01',
  table: 'M3.5 4.5h13v11h-13zM3.5 8.5h13M10 4.5v11',
  keypad: 'M3.5 3.5h13v13h-13zM3.5 7.8h13M3.5 12.2h13M7.8 7.8v8.7M12.2 7.8v8.7',
  play: 'M7 4.5l8.5 5.5L7 15.5z',
  pause: 'M7.5 5v10M12.5 5v10',
  settings: 'M4 6h7M15 6h1M4 14h1M9 14h7M11 6a2 2 0 1 0 4 0a2 2 0 1 0-4 0M5 14a2 2 0 1 0 4 0a2 2 0 1 0-4 0',
  help: 'M7.5 7.8a2.6 2.6 0 1 1 3.9 2.2c-1 .6-1.4 1.1-1.4 2.1M10 14.8v.2',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  solid: 'M2.5 10h15',
  dashed: 'M2.5 10h3.4M8.3 10h3.4M14.1 10h3.4',
  dotted: 'M3 10h.01M6.5 10h.01M10 10h.01M13.5 10h.01M17 10h.01',
  dot: 'M10 10h.01',
  ring: 'M14 10a4 4 0 1 1-8 0a4 4 0 1 1 8 0',
  cross: 'M6.5 6.5l7 7M13.5 6.5l-7 7',
  still: 'M5 5h10v10H5z',
  sideways: 'M3 10h14M6 7l-3 3 3 3M14 7l3 3-3 3',
  upDown: 'M10 3v14M7 6l3-3 3 3M7 14l3 3 3-3',
  anyWay: 'M3 10h14M10 3v14M5 8l-2 2 2 2M15 8l2 2-2 2M8 5l2-2 2 2M8 15l2 2 2-2',
  auto: 'M10 4l1.6 4.4L16 10l-4.4 1.6L10 16l-1.6-4.4L4 10l4.4-1.6z',
  note: 'M5 6h10M5 10h10M5 14h6',
  folder: 'M3.5 6v9.5h13v-8H10L8.5 5.5h-5z',
  open: 'M5 8l5 5 5-5',
  photo: 'M3.5 15.5v-11h13v11zM3.5 13l4-4 3.5 3.5 2-2 3.5 3.5M12.8 7.3h.01',
  camera: 'M3.5 15.5v-9H7L8.3 4.5h3.4L13 6.5h3.5v9zM10 13.6a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z',
  paste: 'M7.5 4.5h-3v12h11v-12h-3M7.5 3.5h5v3h-5z',
  done: 'M4.5 10.5l4 4 7-9',
  warning: 'M10 4.5v6.5M10 14.8v.2',
};

/**
 * @param {keyof typeof PATHS} name
 * @returns {SVGSVGElement} an icon in the text colour; the control that contains it provides the accessible name
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
