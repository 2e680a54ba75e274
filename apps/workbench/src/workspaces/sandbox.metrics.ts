import { counter, gauge, histogram } from '@patchbay/service';

/** `running`: of a session. `warm`: started ahead of time. */
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
/** `put_away`: suspended; else why it was not: `not_saved`, `lost`, `deleted`, `taken_over`. */
export const sandboxEnds = counter({
  name: 'patchbay_sandboxes_ended_total',
  help: 'Sandboxes of sessions that ended, by what became of them.',
  labelNames: ['reason'],
});
export const checkpointDurations = histogram({
  name: 'patchbay_sandbox_checkpoint_duration_seconds',
  help: 'Checkpoints made of running sandboxes.',
  labelNames: ['outcome'],
});
