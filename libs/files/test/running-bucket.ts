import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';

/** A local server that speaks S3, with one bucket. It cannot cut a list off: Node no longer has its cipher. */
export async function startBucket() {
  const directory = await mkdtemp(join(tmpdir(), 'patchbay-bucket-'));
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: 'files', configs: [] }],
  });
  const { port } = await server.run();
  return {
    url: `http://127.0.0.1:${port}`,
    settings: {
      PATCHBAY_FILES_S3_BUCKET: 'files',
      PATCHBAY_FILES_S3_ENDPOINT: `http://127.0.0.1:${port}`,
      // The one pair of keys that the server knows.
      PATCHBAY_FILES_S3_ACCESS_KEY_ID: 'S3RVER',
      PATCHBAY_FILES_S3_SECRET_ACCESS_KEY: 'S3RVER',
    },
    stop: async () => {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
