// Code generated from app/families.json by "go generate ./app"; DO NOT EDIT.

/**
 * The families of functions, in the order of the poster.
 *
 * @type {readonly Readonly<{type: string, name: string, form: string, hint: string, curve: string}>[]}
 */
export const FAMILIES = [
  {
    "type": "linear",
    "name": "Linear",
    "form": "y = mx + b",
    "hint": "A straight line: each step to the right climbs by the same amount.",
    "curve": "A line."
  },
  {
    "type": "quadratic",
    "name": "Quadratic",
    "form": "y = a(x − h)² + k",
    "hint": "A bowl with one turning point at (h, k).",
    "curve": "A parabola."
  },
  {
    "type": "cubic",
    "name": "Cubic",
    "form": "y = a(x − h)³ + k",
    "hint": "An S that runs up on one side and down on the other.",
    "curve": "A cubic curve."
  },
  {
    "type": "polynomial",
    "name": "Polynomial",
    "form": "y = axⁿ + … + bx + c",
    "hint": "Powers of x added up: count where it crosses and where it turns.",
    "curve": "A polynomial curve."
  },
  {
    "type": "square_root",
    "name": "Square root",
    "form": "y = a√(x − h) + k",
    "hint": "A curve that starts at the point (h, k) and goes one way.",
    "curve": "A square root curve."
  },
  {
    "type": "cube_root",
    "name": "Cube root",
    "form": "y = a∛(x − h) + k",
    "hint": "A cubic lying on its side: it goes on both ways.",
    "curve": "A cube root curve."
  },
  {
    "type": "absolute_value",
    "name": "Absolute value",
    "form": "y = a|x − h| + k",
    "hint": "A V with its corner at (h, k).",
    "curve": "An absolute value curve."
  },
  {
    "type": "rational",
    "name": "Rational",
    "form": "y = a/(x − h) + k",
    "hint": "A fraction with x below: find the lines that it never touches.",
    "curve": "A rational curve."
  },
  {
    "type": "exponential",
    "name": "Exponential",
    "form": "y = a·bˣ + k",
    "hint": "It multiplies by the same number with each step.",
    "curve": "An exponential curve."
  },
  {
    "type": "logarithmic",
    "name": "Logarithmic",
    "form": "y = a·log(x − h) + k",
    "hint": "It climbs slower and slower, and never stops.",
    "curve": "A logarithmic curve."
  },
  {
    "type": "trigonometric",
    "name": "Trigonometric",
    "form": "y = a·sin(b(x − h)) + k",
    "hint": "A wave that repeats for ever.",
    "curve": "A trigonometric curve."
  },
  {
    "type": "piecewise",
    "name": "Piecewise",
    "form": "y = {x < 0: −x, x ≥ 0: x²}",
    "hint": "One rule here, another rule there.",
    "curve": "A curve of several pieces."
  }
];
