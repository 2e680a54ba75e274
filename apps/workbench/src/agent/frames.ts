import type { Readable } from 'node:stream';
import { z } from 'zod';

/** The longest line that a sandbox may send: helpers carry tool arguments, and answers the output of a cell. */
const MAX_FRAME_BYTES = 8 * 1024 * 1024;

const Answer = z.strictObject({ id: z.int(), ok: z.unknown() });
const Failure = z.strictObject({ id: z.int(), fail: z.string() });
const HelperCall = z.strictObject({
  helper: z.int(),
  name: z.string().max(50),
  arguments: z.record(z.string(), z.unknown()),
});
const Ready = z.strictObject({ ready: z.literal(true), python: z.string().max(40) });
const Word = z.strictObject({});

export const Frame = z.union([Answer, Failure, HelperCall, Ready, Word]);
export type Frame = z.infer<typeof Frame>;

/** What a sandbox said that is not in its protocol: it is ended then. */
export class BrokenProtocol extends Error {}

/** The lines of a stream, each a frame. Everything is guilty until parsed: code in the sandbox may have written it. */
export async function* readFrames(output: Readable): AsyncGenerator<Frame> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of output as AsyncIterable<Buffer>) {
    let begin = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, begin)) {
      parts.push(chunk.subarray(begin, end));
      yield parse(Buffer.concat(parts));
      parts = [];
      size = 0;
      begin = end + 1;
    }
    if (begin < chunk.length) {
      parts.push(chunk.subarray(begin));
      size += chunk.length - begin;
    }
    if (size > MAX_FRAME_BYTES) throw new BrokenProtocol('it sent a line without end');
  }
}

function parse(line: Buffer): Frame {
  try {
    const frame = Frame.safeParse(JSON.parse(line.toString('utf8')));
    if (frame.success) return frame.data;
  } catch {
    // Not even JSON.
  }
  throw new BrokenProtocol('it sent what is not in the protocol');
}
