import { histogram } from '@patchbay/service';

/** From a warm cell to the longest run. */
const RUN_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 180];

/**
 * `ok`; `error`: the code or command failed; `time_limit`: it was interrupted; `killed`: Python ended with it, mostly
 * for its memory; `lost`: the whole sandbox did.
 */
export const runDurations = histogram({
  name: 'patchbay_sandbox_run_duration_seconds',
  help: 'Code and commands run in sandboxes.',
  labelNames: ['kind', 'outcome'],
  buckets: RUN_SECONDS,
});
