import type { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readJson } from '@patchbay/contracts';
import type { TokenBucket } from '@patchbay/service';
import { z } from 'zod';
import { PlainObject } from './plain-object.js';

/** The longest line that a sandbox may send: helpers carry tool arguments. */
const MAX_FRAME_BYTES = 8 * 1024 * 1024;
/** Somewhat deeper than what the agent forwards. The parser copes with depth; later code may not. */
export const MAX_DEPTH = 110;
const MAX_ARGUMENTS = 20;
/** After this long the event loop gets a turn, however much a sandbox has sent at once. */
const TURN_MS = 5;

const Answer = z.strictObject({ id: z.int(), ok: z.unknown() });
const Failure = z.strictObject({ id: z.int(), fail: z.string() });
const HelperCall = z.strictObject({
  helper: z.int(),
  name: z.string().max(50),
  arguments: PlainObject(MAX_ARGUMENTS),
});
export const Ready = z.strictObject({ ready: z.literal(true), python: z.string().max(40) });
/** Sent first, by the program that starts the agent. */
export const Greeting = z.strictObject({}).transform(() => ({ greeting: true as const }));

export const Frame = z.union([Answer, Failure, HelperCall, Ready, Greeting]);
export type Frame = z.infer<typeof Frame>;
/** A frame, and how many bytes it came in. */
export interface Line<F = Frame> {
  frame: F;
  size: number;
}

/** A sandbox sent what its protocol does not allow: it is ended. */
export class ProtocolError extends Error {}

/**
 * The lines of a stream, each a frame. Nothing is trusted before it is parsed: code in the sandbox may have written it.
 * Nothing is read faster than the rate allows, and no sandbox keeps the event loop for more than a few milliseconds at a
 * time.
 */
export async function* readFrames<F>(
  output: Readable,
  rate: TokenBucket,
  schema: z.ZodType<F>,
): AsyncGenerator<Line<F>> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of output as AsyncIterable<Buffer>) {
    // What is in the stream's buffer already comes without a turn of the loop in between.
    await nextTurn();
    let turnBegan = performance.now();
    let begin = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, begin)) {
      parts.push(chunk.subarray(begin, end));
      yield { frame: parse(Buffer.concat(parts), schema), size: size + end - begin };
      parts = [];
      size = 0;
      begin = end + 1;
      if (performance.now() - turnBegan > TURN_MS) {
        await nextTurn();
        turnBegan = performance.now();
      }
    }
    if (begin < chunk.length) {
      parts.push(chunk.subarray(begin));
      size += chunk.length - begin;
    }
    if (size > MAX_FRAME_BYTES) throw new ProtocolError('it sent a line without end');
    await rate.take(chunk.length);
  }
}

function parse<F>(line: Buffer, schema: z.ZodType<F>): F {
  if (depthOf(line) > MAX_DEPTH) throw new ProtocolError('it sent what is nested too deep');
  try {
    const frame = schema.safeParse(readJson(line.toString('utf8')));
    if (frame.success) return frame.data;
  } catch {
    // Not even JSON.
  }
  throw new ProtocolError('it sent what is not in the protocol');
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

/** How deep the arrays and objects of a JSON text go. Strings, which are most of a frame, are passed over in one step. */
export function depthOf(text: Buffer): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at] ?? 0;
    if (byte === QUOTE) {
      at = endOfString(text, at + 1);
      if (at === -1) return deepest;
    } else if (OPEN.has(byte)) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (CLOSE.has(byte)) {
      depth -= 1;
    }
  }
  return deepest;
}

/** @returns where the string's quote is, -1 when it never ends */
function endOfString(text: Buffer, from: number): number {
  for (let quote = text.indexOf(QUOTE, from); quote !== -1; quote = text.indexOf(QUOTE, quote + 1)) {
    let backslashes = 0;
    while (quote - 1 - backslashes >= from && text[quote - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote;
  }
  return -1;
}
