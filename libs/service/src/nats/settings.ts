import type { ConnectionOptions } from '@nats-io/transport-node';
import type { ServiceSettings } from '../config.js';

/** Where NATS is, and how it is spoken to. */
export type NatsSettings = Pick<ServiceSettings, 'NATS_URL'> &
  Partial<Pick<ServiceSettings, 'NATS_CA' | 'NATS_CERT' | 'NATS_KEY' | 'PATCHBAY_NATS_REPLICAS'>>;

type Server = Required<Pick<ConnectionOptions, 'servers'>> & Pick<ConnectionOptions, 'user' | 'pass' | 'tls'>;

/**
 * nats.js takes neither credentials nor the wish for TLS inside an URL, but operators write them there. Files are
 * named and not read here: nats.js reads them for each connection, so that renewed certificates count after the next.
 */
export function natsServer(settings: NatsSettings): Server {
  const { NATS_CA: caFile, NATS_CERT: certFile, NATS_KEY: keyFile } = settings;
  if (!certFile !== !keyFile) throw new Error('NATS_CERT and NATS_KEY are of use together only.');
  const urls = settings.NATS_URL.split(',').map((url) => parse(url.trim()));
  const [first] = urls;
  const isTls = urls.some(({ protocol }) => protocol === 'tls:') || caFile || certFile;
  return {
    servers: urls.map(({ host }) => host),
    ...(first?.username && { user: decodeURIComponent(first.username) }),
    ...(first?.password && { pass: decodeURIComponent(first.password) }),
    ...(isTls && { tls: { caFile, certFile, keyFile } }),
  };
}

function parse(url: string): URL {
  return new URL(url.includes('://') ? url : `nats://${url}`);
}
