import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager, StorageType } from '@nats-io/jetstream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startNats } from '@patchbay/testing';
import { makeCertificates, type TestCertificates } from '@patchbay/testing/certificates';
import { recordingLogger } from '../../test/recording-logger.js';
import { ensureEventStream, EVENT_STREAM } from '../events/event-stream.js';
import { connectGathering, lastFailure } from './gathering-transport.js';
import { NatsClient } from './nats.client.js';
import { natsServer, type NatsSettings } from './settings.js';

const url = 'nats://auth:s%40fe@one:4222,nats://two:4223';

describe('the address of NATS', () => {
  it('is hosts, with the credentials that stand in the first', () => {
    expect(natsServer({ NATS_URL: url })).toEqual({
      servers: ['one:4222', 'two:4223'],
      user: 'auth',
      pass: 's@fe',
    });
  });

  it('asks for TLS by its scheme, or by an authority', () => {
    expect(natsServer({ NATS_URL: 'tls://one:4222' })).toHaveProperty('tls');
    expect(natsServer({ NATS_URL: url, NATS_CA: '/ca.pem' })).toMatchObject({ tls: { caFile: '/ca.pem' } });
  });

  it('takes a certificate with its key, and neither without the other', () => {
    expect(() => natsServer({ NATS_URL: url, NATS_CERT: '/cert.pem' })).toThrow(/NATS_KEY/);
    expect(() => natsServer({ NATS_URL: url, NATS_KEY: '/key.pem' })).toThrow(/NATS_CERT/);
  });
});

describe('a NATS server that speaks TLS and asks for certificates', () => {
  let folder: string;
  let files: TestCertificates;
  let strangers: TestCertificates;
  let server: Awaited<ReturnType<typeof startNats>>;
  const opened: NatsClient[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'patchbay-nats-tls-'));
    await mkdir(join(folder, 'others'));
    [files, strangers] = await Promise.all([
      makeCertificates(folder),
      makeCertificates(join(folder, 'others')),
    ]);
    const config = join(folder, 'nats.conf');
    const { ca, cert, key } = files;
    await writeFile(
      config,
      `tls { cert_file: "${cert}", key_file: "${key}", ca_file: "${ca}", verify: true }`,
    );
    server = await startNats({ config });
  });

  afterEach(() => Promise.all(opened.splice(0).map((client) => client.close())));

  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const at = (settings: Partial<NatsSettings>) => ({
    NATS_URL: `tls://localhost:${server.port}`,
    ...settings,
  });

  async function connect(settings: NatsSettings): Promise<NatsClient> {
    const client = await NatsClient.connect('auth', settings, recordingLogger().logger);
    opened.push(client);
    return client;
  }

  it('is reached with its authority and a certificate that this has signed', async () => {
    const client = await connect(at({ NATS_CA: files.ca, NATS_CERT: files.cert, NATS_KEY: files.key }));
    await client.connection.flush();
    expect(client.connection.info?.tls_required).toBe(true);
  });

  it('is asked for as many copies of a stream as the setting says, also of one that is there', async () => {
    const settings = at({ NATS_CA: files.ca, NATS_CERT: files.cert, NATS_KEY: files.key });
    const client = await connect(settings);
    await ensureEventStream(client);
    await ensureEventStream(await connect({ ...settings, PATCHBAY_NATS_REPLICAS: 3 }));
    const { streams } = await jetstreamManager(client.connection);
    expect((await streams.info(EVENT_STREAM)).config.num_replicas).toBe(3);
    await streams.delete(EVENT_STREAM);
  });

  it('serves on with the stream it has when it refuses to change it, and the log says so', async () => {
    const client = await connect(at({ NATS_CA: files.ca, NATS_CERT: files.cert, NATS_KEY: files.key }));
    const { streams } = await jetstreamManager(client.connection);
    await streams.add({ name: EVENT_STREAM, subjects: ['events.>'], storage: StorageType.Memory });
    const { logger, lines } = recordingLogger();
    await ensureEventStream(client, logger);
    expect(lines).toMatchObject([
      { msg: expect.stringMatching(/refuses the settings of a stream/) as string },
    ]);
  });

  it('is not believed when its certificate is by another authority, and the reason can be told', async () => {
    const settings = at({ NATS_CA: strangers.ca, NATS_CERT: files.cert, NATS_KEY: files.key });
    await expect(connectGathering(natsServer(settings))).rejects.toThrow(/certificate|refused/);
    expect(String(lastFailure())).toMatch(/certificate/);
  });

  it('lets nobody in whose certificate is by another authority', async () => {
    const settings = at({ NATS_CA: files.ca, NATS_CERT: strangers.cert, NATS_KEY: strangers.key });
    await expect(connectGathering({ ...natsServer(settings), timeout: 1_000 })).rejects.toThrow(
      /timeout|closed|refused/,
    );
  });

  it('is not spoken to without TLS', async () => {
    const plain = await startNats();
    await expect(connectGathering(natsServer({ NATS_URL: `tls://localhost:${plain.port}` }))).rejects.toThrow(
      /tls/,
    );
    await plain.stop();
  });
});
