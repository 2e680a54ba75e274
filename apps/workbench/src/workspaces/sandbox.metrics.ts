import { counter, gauge, histogram } from '@patchbay/service';

/** From a warm cell to the longest run. */
const RUN_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 180];

/** `running`: of a session. `warm`: started for one to come. */
export const sandboxes = gauge({
  name: 'patchbay_sandboxes',
  help: 'Sandboxes of this replica.',
  labelNames: ['state'],
});
export const sandboxPlaces = gauge({
  name: 'patchbay_sandbox_places',
  help: 'Sandboxes that this replica may run for sessions at once.',
});
export const sandboxStarts = histogram({
  name: 'patchbay_sandbox_start_duration_seconds',
  help: 'Sandboxes started, until their agent answered.',
  labelNames: ['outcome'],
});
/** `put_away`, or else why it could not be: `not_saved`, `lost`, `deleted`, `taken_over`. */
export const sandboxEnds = counter({
  name: 'patchbay_sandboxes_ended_total',
  help: 'Sandboxes of sessions that ended, by what became of them.',
  labelNames: ['reason'],
});
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
export const checkpointDurations = histogram({
  name: 'patchbay_sandbox_checkpoint_duration_seconds',
  help: 'Copies made of sandboxes that go on.',
  labelNames: ['outcome'],
});
