import { createHash, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  createRequestStateCodec,
  inputRequired,
  inputResponse,
  ProtocolError,
  ProtocolErrorCode,
  type CallToolRequestParams,
  type InputRequiredResult,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { writeJson } from '@patchbay/contracts';
import { z } from 'zod';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../tokens.js';
import type { Person, Question, Reply } from './person.js';

/** As long as a person may take to answer. */
const VALID_SECONDS = 10 * 60;
/** The name of our one question in what the client is sent. */
const PERMISSION = 'permission';

/** What was asked, and about which call: the answer counts for nothing else. */
const State = z.object({ sessionId: z.string(), call: z.string(), keys: z.array(z.string()) });

/** A call that may come again, with what its client was asked for (2026-07-28). */
export interface RepeatedParams extends CallToolRequestParams {
  inputResponses?: Record<string, unknown> | undefined;
  requestState?: string | undefined;
}

/** The codec hands it to a binding, of which there is none: the state itself says what it belongs to. */
const NO_CONTEXT = {} as ServerContext;

/**
 * Asks clients without a connection: the call is answered with the question, and made again by the client with the
 * answer and with what was asked, which is signed, so that any replica can go on with it.
 */
@Injectable()
export class AskedBefore {
  private readonly codec;

  constructor(@Inject(CONFIG) { PATCHBAY_FILES_SECRET }: Pick<GatewayConfig, 'PATCHBAY_FILES_SECRET'>) {
    const key = hkdfSync('sha256', PATCHBAY_FILES_SECRET, '', 'patchbay mcp request state', 32);
    this.codec = createRequestStateCodec({ key: new Uint8Array(key), ttlSeconds: VALID_SECONDS });
  }

  person(sessionId: string, params: RepeatedParams): Person {
    return { ask: (question) => this.ask(sessionId, params, question) };
  }

  private async ask(sessionId: string, params: RepeatedParams, question: Question): Promise<Reply> {
    const call = hashOf(params);
    const asked = await this.asked(params.requestState);
    if (asked && (asked.sessionId !== sessionId || asked.call !== call)) throw notOurs();
    const answer = inputResponse(params.inputResponses, PERMISSION);
    // By now it may be about another account: then the person was asked something else.
    const isAbout = asked && question.keys.every((key) => asked.keys.includes(key));
    if (!isAbout || answer.kind !== 'elicit') {
      return this.send(question, { sessionId, call, keys: question.keys });
    }
    if (answer.action === 'accept') return 'accepted';
    return answer.action === 'decline' ? 'declined' : 'unanswered';
  }

  private async asked(state: string | undefined): Promise<z.output<typeof State> | undefined> {
    if (state === undefined) return undefined;
    const known = await this.codec.verify(state, NO_CONTEXT).catch(() => undefined);
    const read = State.safeParse(known);
    if (!read.success) throw notOurs();
    return read.data;
  }

  private async send({ params }: Question, state: z.input<typeof State>): Promise<InputRequiredResult> {
    return inputRequired({
      inputRequests: { [PERMISSION]: inputRequired.elicit(params) },
      requestState: await this.codec.mint(state),
    });
  }
}

function notOurs(): ProtocolError {
  const message =
    'The requestState is not one that this call was given, or too old: make the call without it.';
  return new ProtocolError(ProtocolErrorCode.InvalidParams, message);
}

function hashOf({ name, arguments: given = {} }: CallToolRequestParams): string {
  return createHash('sha256')
    .update(writeJson([name, given]))
    .digest('base64url');
}
