/** How many files run beside each other, each on a platform of its own, as tests wait for much of their time; one is enough for a run of one file. */
export const WORKERS = Number(process.env.E2E_WORKERS ?? 3);
