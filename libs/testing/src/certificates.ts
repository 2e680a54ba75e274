import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** Paths of PEM files. */
export interface TestCertificates {
  ca: string;
  /** Of `localhost` and 127.0.0.1, for servers and for clients, signed by `ca`. */
  cert: string;
  key: string;
}

const LOOPBACK = [
  { type: 2 as const, value: 'localhost' },
  { type: 7 as const, ip: '127.0.0.1' },
];

/** An authority of our own, and what it has signed, as files in this folder. */
export async function makeCertificates(folder: string): Promise<TestCertificates> {
  const authority = await generate([{ name: 'commonName', value: 'Patchbay test authority' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const signed = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
      { name: 'subjectAltName', altNames: LOOPBACK },
    ],
  });
  const files = { ca: join(folder, 'ca.pem'), cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  await Promise.all([
    writeFile(files.ca, authority.cert),
    writeFile(files.cert, signed.cert),
    writeFile(files.key, signed.private, { mode: 0o600 }),
  ]);
  return files;
}
