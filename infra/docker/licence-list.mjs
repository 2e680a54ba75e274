/** Licences whose terms end with passing on their text. What is not here is refused: unknown, copyleft, source-available. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
]);

/** @param expression in SPDX's words: names joined by AND and OR, in brackets or not */
export function isAllowed(expression) {
  const words = expression.match(/[()]|[^\s()]+/g) ?? [];
  const next = () => words.shift();
  const either = () => {
    let allowed = both();
    while (words[0] === 'OR') {
      next();
      allowed = both() || allowed;
    }
    return allowed;
  };
  const both = () => {
    let allowed = one();
    while (words[0] === 'AND') {
      next();
      allowed = one() && allowed;
    }
    return allowed;
  };
  const one = () => {
    const word = next();
    if (word !== '(') return ALLOWED.has(word);
    const allowed = either();
    return next() === ')' && allowed;
  };
  return either() && words.length === 0;
}
