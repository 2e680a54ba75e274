/** Operations that are tried in one process of schemathesis: a few minutes of work, and what one makes the others find. */
const PORTION = 6;
const APART = 'examples,coverage,fuzzing';

/** @type {typeof import('./plan.d.mts').planOf} */
export function planOf(document, { phases, only }) {
  const wanted = new RegExp(only);
  const operations = Object.values(document.paths)
    .flatMap((path) => Object.values(path))
    .filter(({ operationId }) => wanted.test(operationId));
  const byTag = Map.groupBy(operations, ({ tags: [tag = ''] }) => tag);
  const apart = APART.split(',').filter((phase) => phases.includes(phase));
  const portions = [...byTag].flatMap(([tag, of]) => portionsOf(tag, of, apart.join()));
  const families = [...byTag].flatMap(([tag, of]) => familyOf(tag, of, operations));
  return [...(apart.length > 0 ? portions : []), ...(phases.includes('stateful') ? families : [])];
}

/** @typedef {import('./plan.d.mts').Operation} Operation */

/**
 * @param {string} tag
 * @param {Operation[]} operations
 * @param {string} phases
 */
function portionsOf(tag, operations, phases) {
  return Array.from({ length: Math.ceil(operations.length / PORTION) }, (_, at) => {
    const ids = operations.slice(at * PORTION, (at + 1) * PORTION).map(({ operationId }) => operationId);
    return { name: `${tag} ${at + 1}`, phases, operations: ids };
  });
}

/**
 * What is under a heading, with what links lead from and to: sequences go from one to the other.
 * @param {string} tag
 * @param {Operation[]} of
 * @param {Operation[]} all
 */
function familyOf(tag, of, all) {
  const ids = new Set(of.map(({ operationId }) => operationId));
  const targets = new Set(of.flatMap(linkedFrom));
  const family = all.filter(
    (one) =>
      ids.has(one.operationId) || targets.has(one.operationId) || linkedFrom(one).some((id) => ids.has(id)),
  );
  if (!family.some((one) => linkedFrom(one).length > 0)) return [];
  return [
    {
      name: `${tag} in sequence`,
      phases: 'stateful',
      operations: family.map(({ operationId }) => operationId),
    },
  ];
}

/** @param {Operation} operation */
function linkedFrom({ responses }) {
  return Object.values(responses).flatMap(({ links = {} }) =>
    Object.values(links).map(({ operationId }) => operationId),
  );
}
