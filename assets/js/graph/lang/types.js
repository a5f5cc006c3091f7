/**
 * What interpret() tells about a line.
 *
 * @typedef {0|1|2} Decoration 2 = defined and continuous on the whole box, 1 = perhaps not, 0 = nowhere defined
 * @typedef {{lo: number, hi: number}} Bounds
 *
 * @typedef {object} Curve a number that depends on a number
 * @property {(t: number) => number} value NaN where it is not defined
 * @property {(lo: number, hi: number, out: Bounds) => Decoration} interval encloses all values for t from lo to hi;
 *   out is not to be read if the decoration is 0
 * @property {number} cost about how many operations one value takes
 *
 * @typedef {object} Curve2 a number that depends on a point of the plane
 * @property {(x: number, y: number) => number} value
 * @property {(xlo: number, xhi: number, ylo: number, yhi: number, out: Bounds) => Decoration} interval
 * @property {number} cost
 *
 * @typedef {{curve: Curve2, strict: boolean}} Edge where curve is 0; strict: the edge is not part of the region
 * @typedef {object} Region part of the plane
 * @property {(x: number, y: number) => boolean} holds
 * @property {(xlo: number, xhi: number, ylo: number, yhi: number) => 0|1|2} decide 2 = holds on the whole box,
 *   1 = perhaps, 0 = nowhere
 * @property {Edge[]} edges
 * @property {number} cost
 *
 * @typedef {(values: Record<string, number>) => number} Model a number from the values of all names (in LaTeX)
 *
 * @typedef {{kind: 'empty'}} Empty
 * @typedef {{kind: 'error', message: string, missing?: string[]}} Failure missing: names without a meaning, in LaTeX
 * @typedef {{kind: 'unsupported', message: string}} Unsupported
 * @typedef {{kind: 'function', of: 'x'|'y', name?: string, curves: Curve[]}} FunctionMeaning
 * @typedef {{kind: 'value', name?: string, value: number, definition: boolean}} ValueMeaning
 * @typedef {{kind: 'list', name?: string, values: number[]}} ListMeaning
 * @typedef {{kind: 'point', name?: string, points: {x: number, y: number}[]}} PointMeaning
 * @typedef {{kind: 'implicit', curves: Curve2[]}} ImplicitMeaning
 * @typedef {{kind: 'inequality', regions: Region[]}} InequalityMeaning
 * @typedef {{kind: 'polar', curves: Curve[]}} PolarMeaning the radius as a function of the angle in the current unit
 * @typedef {{kind: 'parametric', name?: string, curves: {x: Curve, y: Curve}[]}} ParametricMeaning
 * @typedef {{kind: 'regression', names: string[], left: Model, right: Model}} RegressionMeaning names: those that the
 *   list does not define, data and parameters alike
 * @typedef {{kind: 'definition', name: string}} DefinitionMeaning defines something that has no drawing of its own
 * @typedef {Empty|Failure|Unsupported|FunctionMeaning|ValueMeaning|ListMeaning|PointMeaning|ImplicitMeaning|
 *   InequalityMeaning|PolarMeaning|ParametricMeaning|RegressionMeaning|DefinitionMeaning} Meaning
 */

export {};
