import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNats } from '@patchbay/testing';

/** A nats-server that keeps its streams over a stop, with `remove` for the end. */
export async function startRestartableNats() {
  const storeDir = await mkdtemp(join(tmpdir(), 'patchbay-nats-test-'));
  const server = await startNats({ storeDir });
  const remove = async () => {
    await server.stop();
    await rm(storeDir, { recursive: true, force: true });
  };
  return Object.assign(server, { remove });
}
