/** Converts names to plain text. */

const LETTERS = (
  'alpha:α beta:β gamma:γ delta:δ epsilon:ε varepsilon:ε zeta:ζ eta:η theta:θ vartheta:θ iota:ι kappa:κ lambda:λ ' +
  'mu:μ nu:ν xi:ξ omicron:ο pi:π rho:ρ varrho:ρ sigma:σ varsigma:ς tau:τ upsilon:υ phi:φ varphi:φ chi:χ psi:ψ omega:ω infty:∞ ' +
  'Gamma:Γ Delta:Δ Theta:Θ Lambda:Λ Xi:Ξ Pi:Π Sigma:Σ Upsilon:Υ Phi:Φ Psi:Ψ Omega:Ω'
).split(' ');

/** @type {Map<string, string>} LaTeX command to letter */
const GREEK = new Map(
  LETTERS.map((pair) => {
    const [word, letter] = pair.split(':');
    return [`\\${word}`, letter];
  }),
);

const LOWERED = '₀₁₂₃₄₅₆₇₈₉';

/**
 * α for \alpha, a₁ for a_{1}, v_max for v_{max}.
 *
 * @param {string} name in LaTeX, with braces around a subscript
 * @returns {string}
 */
export function readable(name) {
  const [, letter = name, subscript = ''] = /^([^_]+)_\{(.*)\}$/.exec(name) ?? [];
  const small = /^\d*$/.test(subscript) ? subscript.replace(/\d/g, (digit) => LOWERED[Number(digit)]) : `_${subscript}`;
  return (GREEK.get(letter) ?? letter) + small;
}
