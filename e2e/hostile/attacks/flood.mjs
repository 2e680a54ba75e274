/**
 * Does something so many times, some at once, and waits for all of it.
 * @template T
 * @param {number} times @param {number} atOnce
 * @param {(index: number) => Promise<T>} work
 * @returns {Promise<PromiseSettledResult<T>[]>}
 */
export async function flood(times, atOnce, work) {
  /** @type {PromiseSettledResult<T>[]} */
  const settled = [];
  let next = 0;
  const worker = async () => {
    while (next < times) {
      const index = next++;
      settled[index] = await work(index).then(
        (value) => ({ status: 'fulfilled', value }),
        (reason) => ({ status: 'rejected', reason }),
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return settled;
}

/** @param {boolean} holds @param {string} otherwise what the attacker got that it must not */
export function must(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}
