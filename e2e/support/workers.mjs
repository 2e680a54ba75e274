/** How many files run beside each other, each on a platform of its own; one is enough for a run of one file. */
export const WORKERS = Number(process.env.E2E_WORKERS ?? 2);
