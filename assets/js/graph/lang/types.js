/**
 * The types of what interpret() returns for a line.
 *
 * @typedef {0|1|2} Decoration 2 = defined and continuous on the whole box, 1 = unknown, 0 = nowhere defined
 * @typedef {{lo: number, hi: number}} Bounds
 *
 * @typedef {object} Curve a number that depends on a number
 * @property {(t: number) => number} value NaN where undefined
 * @property {(lo: number, hi: number, out: Bounds) => Decoration} interval encloses all values for t from lo to hi;
 *   out is meaningless if the decoration is 0
 * @property {() => Curve|null} derivative its derivative; null if there is no rule for it or it would be too long
 * @property {number} cost approximate number of operations per value
 *
 * @typedef {{x: Curve, y: Curve}} Path a point that moves with a parameter
 *
 * @typedef {object} Curve2 a number that depends on a point of the plane
 * @property {(x: number, y: number) => number} value
 * @property {(xlo: number, xhi: number, ylo: number, yhi: number, out: Bounds) => Decoration} interval
 * @property {(along: 'x'|'y', xlo: number, xhi: number, ylo: number, yhi: number) => -1|0|1} slope of a box on which
 *   it is continuous: 1 = increasing along the axis everywhere, -1 = decreasing, 0 = neither is proved
 * @property {(along: 'x'|'y') => Curve2|null} partial its partial derivative; null if there is no rule for it
 * @property {number} cost
 *
 * @typedef {object} Edge an edge of a region; only where the other conditions of the region hold
 * @property {Curve2} curve the edge is its zero set
 * @property {{of: 'x'|'y', curve: Curve}|null} solved the edge as a function, if one side is y or x alone
 * @property {boolean} strict whether the edge is excluded from the region
 * @typedef {object} Region a part of the plane
 * @property {(x: number, y: number) => boolean} holds
 * @property {(xlo: number, xhi: number, ylo: number, yhi: number) => 0|1|2} decide 2 = holds on the whole box,
 *   1 = unknown, 0 = nowhere
 * @property {Edge[]} edges
 * @property {number} cost
 *
 * @typedef {(values: Record<string, number>) => number} Model a number from the values of all names (in LaTeX)
 *
 * @typedef {object} FitProblem a least-squares problem: find the parameters that bring left and right closest
 * @property {string[]} names the parameters, in LaTeX
 * @property {Record<string, number>} start start values, if known
 * @property {number[]} rows the rows of the data that are used; others have gaps or are excluded by a condition
 * @property {number} size number of rows of the data
 * @property {(values: ArrayLike<number>, out?: Float64Array) => Float64Array} left for values in the order of names:
 *   one number for each of `rows`, NaN where it is not defined
 * @property {(values: ArrayLike<number>, out?: Float64Array) => Float64Array} right
 * @property {(rows: number[]) => Pick<FitProblem, 'left'|'right'>} sides both sides for some of the rows
 * @property {number[][]} columns the data on the right side, to estimate their range
 * @property {boolean} logMode whether the logarithms of both sides are compared
 * @typedef {{values: Record<string, number>, [detail: string]: unknown}} FitSolution values by name; other results of
 *   the solver are passed on
 * @typedef {(problem: FitProblem) => FitSolution|null} Solve must depend only on the problem, because its result is
 *   cached
 *
 * @typedef {{kind: 'empty'}} Empty
 * @typedef {{kind: 'error', message: string, missing?: string[]}} Failure missing: undefined names, in LaTeX
 * @typedef {{kind: 'unsupported', message: string}} Unsupported
 * @typedef {{kind: 'function', of: 'x'|'y', name?: string, curves: Curve[]}} FunctionMeaning
 * @typedef {{kind: 'value', name?: string, value: number, definition: boolean}} ValueMeaning
 * @typedef {{kind: 'list', name?: string, values: number[], faults?: {row: number, message: string}[]}} ListMeaning
 *   faults: the
 *   cells of a column that could not be read; their values are NaN
 * @typedef {{kind: 'point', name?: string, points: {x: number, y: number}[]}} PointMeaning
 * @typedef {{kind: 'implicit', curves: Curve2[]}} ImplicitMeaning drawn where they are 0
 * @typedef {{kind: 'inequality', regions: Region[]}} InequalityMeaning
 * @typedef {{kind: 'polar', curves: Curve[], paths: Path[], turn: number}} PolarMeaning curves: the radius as a
 *   function
 *   of the angle; paths: the points; turn: a full turn in the unit of the angle
 * @typedef {{kind: 'parametric', name?: string, curves: Path[], domain?: {min: number, max: number}, corners?: {x:
 *   number, y: number}[]}} ParametricMeaning
 * domain: the range of the parameter, if the line sets it; corners: of a polygon, if the curves are its sides
 * @typedef {object} RegressionMeaning
 * @property {'regression'} kind
 * @property {string[]} names the parameters, in LaTeX: names that no line defines
 * @property {Model} left
 * @property {Model} right
 * @property {FitProblem|null} problem null if there is no data yet, which `message` says
 * @property {FitSolution|null} solution null if nothing fits
 * @property {string} [message]
 * @typedef {{kind: 'definition', name: string}} DefinitionMeaning defines something that is not drawn
 * @typedef {Empty|Failure|Unsupported|FunctionMeaning|ValueMeaning|ListMeaning|PointMeaning|ImplicitMeaning|
 *   InequalityMeaning|PolarMeaning|ParametricMeaning|RegressionMeaning|DefinitionMeaning} Meaning
 */

export {};
