import { counter, gauge, histogram } from '@patchbay/service';

export const stdioProcesses = gauge({
  name: 'patchbay_stdio_processes',
  help: 'MCP servers that run as programs of this replica.',
});
export const stdioPlaces = gauge({
  name: 'patchbay_stdio_process_places',
  help: 'MCP servers that this replica may run as programs at once.',
});
export const stdioStarts = histogram({
  name: 'patchbay_stdio_start_duration_seconds',
  help: 'MCP servers started as programs, until their sandbox was ready for messages.',
  labelNames: ['outcome'],
});
/**
 * `idle`, `closed` by its last client, `replaced` by one with another credential, `deleted` with its session, account
 * or project, `place` for another one, `lost`, `taken_over`, `stopped` with the service.
 */
export const stdioEnds = counter({
  name: 'patchbay_stdio_processes_ended_total',
  help: 'MCP servers run as programs that ended, by why.',
  labelNames: ['reason'],
});
export const stdioTunnels = counter({
  name: 'patchbay_stdio_tunnels_total',
  help: 'Connections that MCP servers run as programs asked for: opened, refused, or failed.',
  labelNames: ['outcome'],
});
