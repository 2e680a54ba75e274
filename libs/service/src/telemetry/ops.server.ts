import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { HealthRegistry } from '../health/health.registry.js';
import type { Logger } from '../logger.js';
import { readMetrics } from './metrics.js';

export interface OpsSettings {
  PATCHBAY_METRICS_PORT?: number | undefined;
  PATCHBAY_METRICS_HOST: string;
}

/**
 * The operator's door of a service, apart from its users': `/metrics` for Prometheus, `/health/live` and
 * `/health/ready` for the orchestrator. Closed unless a port is set.
 */
export async function openOpsDoor(
  { PATCHBAY_METRICS_PORT: port, PATCHBAY_METRICS_HOST: host }: OpsSettings,
  health: Pick<HealthRegistry, 'check'>,
  logger: Logger,
): Promise<{ close(): void }> {
  if (port === undefined) return { close: () => undefined };
  const server = createServer((request, response) => {
    answer(request.url ?? '', response, health).catch((error: unknown) => {
      logger.warn({ err: error }, 'the metrics could not be told');
      response.writeHead(500).end();
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  // It must not keep a process alive that has nothing else to do.
  server.unref();
  return {
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(
  path: string,
  response: ServerResponse,
  health: Pick<HealthRegistry, 'check'>,
): Promise<void> {
  if (path === '/metrics') {
    const { contentType, text } = await readMetrics();
    response.writeHead(200, { 'content-type': contentType }).end(text);
  } else if (path === '/health/live') {
    tell(response, 200, { status: 'ok' });
  } else if (path === '/health/ready') {
    const { ready, checks } = await health.check();
    tell(response, ready ? 200 : 503, { status: ready ? 'ok' : 'unavailable', checks });
  } else {
    response.writeHead(404).end();
  }
}

function tell(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
