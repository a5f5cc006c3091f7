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
 * @property {() => Curve|null} derivative its slope; null where there is no rule for it, or it would be too long
 * @property {number} cost about how many operations one value takes
 *
 * @typedef {{x: Curve, y: Curve}} Path a point that moves with a parameter
 *
 * @typedef {object} Curve2 a number that depends on a point of the plane
 * @property {(x: number, y: number) => number} value
 * @property {(xlo: number, xhi: number, ylo: number, yhi: number, out: Bounds) => Decoration} interval
 * @property {(along: 'x'|'y', xlo: number, xhi: number, ylo: number, yhi: number) => -1|0|1} slope of a box on which
 *   it is continuous: 1 = it rises along the axis on all of it, -1 = it falls, 0 = neither is proved
 * @property {(along: 'x'|'y') => Curve2|null} partial its slope along an axis; null where there is no rule for it
 * @property {number} cost
 *
 * @typedef {object} Edge of a region; only where the other conditions of the region hold
 * @property {Curve2} curve the edge is where it is 0
 * @property {{of: 'x'|'y', curve: Curve}|null} solved the same as a function, where one side is y or x alone
 * @property {boolean} strict the edge is not part of the region
 * @typedef {object} Region part of the plane
 * @property {(x: number, y: number) => boolean} holds
 * @property {(xlo: number, xhi: number, ylo: number, yhi: number) => 0|1|2} decide 2 = holds on the whole box,
 *   1 = perhaps, 0 = nowhere
 * @property {Edge[]} edges
 * @property {number} cost
 *
 * @typedef {(values: Record<string, number>) => number} Model a number from the values of all names (in LaTeX)
 *
 * @typedef {object} FitProblem values to choose so that left and right come as near as they can
 * @property {string[]} names the parameters, in LaTeX
 * @property {Record<string, number>} start values to begin from, where some are known
 * @property {number[]} rows the rows of the data that take part; others have gaps, or a condition leaves them out
 * @property {number} size all rows of the data
 * @property {(values: ArrayLike<number>, out?: Float64Array) => Float64Array} left for values in the order of names:
 *   one number for each of `rows`, NaN where it is not defined
 * @property {(values: ArrayLike<number>, out?: Float64Array) => Float64Array} right
 * @property {(rows: number[]) => Pick<FitProblem, 'left'|'right'>} sides both sides for some of the rows
 * @property {number[][]} columns the numbers of the data that the right side is made of, for a sense of their range
 * @property {boolean} logMode the logarithms of both sides are to come near each other
 * @typedef {{values: Record<string, number>, [detail: string]: unknown}} FitSolution by name; whatever else the solver
 *   found out is passed on
 * @typedef {(problem: FitProblem) => FitSolution|null} Solve must depend on nothing but the problem: what it gives is kept
 *
 * @typedef {{kind: 'empty'}} Empty
 * @typedef {{kind: 'error', message: string, missing?: string[]}} Failure missing: names without a meaning, in LaTeX
 * @typedef {{kind: 'unsupported', message: string}} Unsupported
 * @typedef {{kind: 'function', of: 'x'|'y', name?: string, curves: Curve[]}} FunctionMeaning
 * @typedef {{kind: 'value', name?: string, value: number, definition: boolean}} ValueMeaning
 * @typedef {{kind: 'list', name?: string, values: number[], faults?: {row: number, message: string}[]}} ListMeaning faults: the
 *   cells of a column that could not be read; their values are NaN
 * @typedef {{kind: 'point', name?: string, points: {x: number, y: number}[]}} PointMeaning
 * @typedef {{kind: 'implicit', curves: Curve2[]}} ImplicitMeaning drawn where they are 0
 * @typedef {{kind: 'inequality', regions: Region[]}} InequalityMeaning
 * @typedef {{kind: 'polar', curves: Curve[], paths: Path[], turn: number}} PolarMeaning curves: the radius as a function
 *   of the angle; paths: the points; turn: a full turn in the unit of the angle
 * @typedef {{kind: 'parametric', name?: string, curves: Path[], domain?: {min: number, max: number}, corners?: {x: number, y: number}[]}} ParametricMeaning
 *   domain: from where to where the parameter runs, if the line says so; corners: of a polygon, whose sides the curves are
 * @typedef {object} RegressionMeaning
 * @property {'regression'} kind
 * @property {string[]} names what it may choose, in LaTeX: names that no line defines
 * @property {Model} left
 * @property {Model} right
 * @property {FitProblem|null} problem null: there is no data yet, and message says so
 * @property {FitSolution|null} solution null: nothing fits
 * @property {string} [message]
 * @typedef {{kind: 'definition', name: string}} DefinitionMeaning defines something that has no drawing of its own
 * @typedef {Empty|Failure|Unsupported|FunctionMeaning|ValueMeaning|ListMeaning|PointMeaning|ImplicitMeaning|
 *   InequalityMeaning|PolarMeaning|ParametricMeaning|RegressionMeaning|DefinitionMeaning} Meaning
 */

export {};
