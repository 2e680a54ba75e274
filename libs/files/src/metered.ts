import { createHash } from 'node:crypto';
import { pipeline, Readable, Transform } from 'node:stream';
import { AppError } from '@patchbay/contracts';

/** Passes content on, counting and hashing it, and breaks off once there is too much of it. */
export function metered(content: Buffer | Readable, maxBytes = Infinity) {
  const hash = createHash('md5');
  let size = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      if (size <= maxBytes) done(null, chunk);
      else done(new AppError('file_too_large', `The file has more than ${maxBytes} bytes.`));
    },
  });
  // An array, as a Buffer by itself would be read byte by byte. Joined at once: content that fails before
  // anybody reads it must fail its reader, and not the process.
  pipeline(Buffer.isBuffer(content) ? Readable.from([content]) : content, stream, () => undefined);
  stream.on('error', () => undefined);
  return { stream, result: () => ({ size, md5: hash.digest('hex') }) };
}
