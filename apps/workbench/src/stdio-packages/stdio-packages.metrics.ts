import { histogram } from '@patchbay/service';

export const stdioInstalls = histogram({
  name: 'patchbay_stdio_install_duration_seconds',
  help: 'Packages of MCP servers installed, or found as they were.',
  labelNames: ['outcome'],
  buckets: [0.1, 1, 2.5, 5, 10, 25, 50, 100, 200, 400],
});
