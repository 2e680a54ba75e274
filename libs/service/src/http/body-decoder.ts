import { pipeline, Transform, type Readable, type TransformCallback } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { OutboundError } from './outbound.error.js';

/** Layers of compression that are taken off: a server has use for one, and a proxy before it may add one. */
export const MAX_CODINGS = 2;

export interface BodyLimits {
  /** Whose answer it is, for messages. */
  from: string;
  /** Bytes at most, of the body as it comes and of what each layer decodes to. */
  maxBytes: number;
}

// As curl and browsers do: what a server cut short is given as far as it goes.
const LENIENT = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI = {
  flush: constants.BROTLI_OPERATION_FLUSH,
  finishFlush: constants.BROTLI_OPERATION_FLUSH,
};
const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: () => createGunzip(LENIENT),
  'x-gzip': () => createGunzip(LENIENT),
  deflate: () => createInflate(LENIENT),
  br: () => createBrotliDecompress(BROTLI),
};
/** What is asked for where a compressed answer is welcome. */
export const ACCEPTED_CODINGS = 'gzip, deflate, br';

/**
 * The content codings of an answer, the outermost first (RFC 9110, section 8.4). None when there is one among
 * them that is unknown: servers that use such words send the body as it is.
 * @throws OutboundError `unreadable` when there are too many
 */
export function codingsOf(
  contentEncoding: string | undefined,
  from: string,
  maxCodings: number = MAX_CODINGS,
): string[] {
  if (!contentEncoding) return [];
  const names = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
    .reverse();
  if (names.length > maxCodings) {
    const most = `${names.length} times, and ${maxCodings} are read`;
    throw new OutboundError('unreadable', `${from} compressed its answer ${most}.`);
  }
  return names.every((name) => name in DECODERS) ? names : [];
}

/**
 * Takes the codings of a body off as its bytes are read, and counts what comes of each: a few bytes can stand
 * for gigabytes, so the stream is destroyed at the limit and never holds more than that.
 */
export class BodyDecoder {
  /** Where the bytes go in, as they come from the network. */
  readonly input: Transform;
  /** Where they come out. Its error is an OutboundError `too_large` or `unreadable`. */
  readonly output: Readable;
  private readonly limits: ByteLimit[];

  constructor(codings: readonly string[], { from, maxBytes }: BodyLimits) {
    const newLimit = () => new ByteLimit(maxBytes, from);
    const input = newLimit();
    this.limits = [input];
    const stages: Transform[] = [input];
    for (const coding of codings) {
      const decoder = DECODERS[coding]?.();
      if (!decoder) throw new Error(`There is no decoder for ${coding}`);
      decoder.on('error', (error) => stages.at(-1)?.destroy(unreadable(from, error)));
      const limit = newLimit();
      this.limits.push(limit);
      stages.push(decoder, limit);
    }
    this.input = input;
    const last = stages.at(-1);
    if (!last) throw new Error('A decoder has a stage');
    // Its errors come out at the last stage, whose reader listens for them.
    if (stages.length > 1) pipeline(stages, () => undefined);
    this.output = last;
  }

  /** Bytes that went through all of its layers so far. */
  get passed(): number {
    return this.limits.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

class ByteLimit extends Transform {
  bytes = 0;

  constructor(
    private readonly maxBytes: number,
    private readonly from: string,
  ) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.bytes > this.maxBytes) callback(tooLarge(this.from, this.maxBytes));
    else callback(null, chunk);
  }
}

export function tooLarge(from: string, maxBytes: number): OutboundError {
  return new OutboundError('too_large', `${from} sent more than ${maxBytes} bytes.`);
}

function unreadable(from: string, cause: Error): OutboundError {
  return cause instanceof OutboundError
    ? cause
    : new OutboundError('unreadable', `${from} sent an answer that cannot be decompressed.`, cause);
}
