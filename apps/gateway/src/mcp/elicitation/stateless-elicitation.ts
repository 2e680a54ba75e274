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
import type { GatewayConfig } from '../../config.js';
import { CONFIG } from '../../settings.module.js';
import type { ElicitationReply, Elicitor, PermissionRequest } from './elicitation.js';

/** How long the user may take to answer. */
const VALID_SECONDS = 10 * 60;
/** The name of the one input request that is sent. */
const PERMISSION = 'permission';

/** What was asked, about which call: the answer is valid for nothing else. */
const State = z.object({ sessionId: z.string(), call: z.string(), keys: z.array(z.string()) });

/** A call, with the answer to an input request if it is the second one (2026-07-28). */
export interface ElicitedCallParams extends CallToolRequestParams {
  inputResponses?: Record<string, unknown> | undefined;
  requestState?: string | undefined;
}

/** Only for the codec's binding, which is not used: the state itself names its session and call. */
const NO_CONTEXT = {} as ServerContext;

/**
 * Elicitation of stateless MCP: the call's result asks for input, and the client calls again with the answer and with the
 * signed state of the question, so that any replica can continue.
 */
@Injectable()
export class StatelessElicitation {
  private readonly codec;

  constructor(@Inject(CONFIG) { PATCHBAY_FILES_SECRET }: Pick<GatewayConfig, 'PATCHBAY_FILES_SECRET'>) {
    const key = hkdfSync('sha256', PATCHBAY_FILES_SECRET, '', 'patchbay mcp request state', 32);
    this.codec = createRequestStateCodec({ key: new Uint8Array(key), ttlSeconds: VALID_SECONDS });
  }

  elicitorFor(sessionId: string, params: ElicitedCallParams): Elicitor {
    return { elicit: (request) => this.elicit(sessionId, params, request) };
  }

  private async elicit(
    sessionId: string,
    params: ElicitedCallParams,
    request: PermissionRequest,
  ): Promise<ElicitationReply> {
    const call = hashOf(params);
    const asked = await this.readState(params.requestState);
    if (asked && (asked.sessionId !== sessionId || asked.call !== call)) throw invalidState();
    const answer = inputResponse(params.inputResponses, PERMISSION);
    // The call may be about another account by now: then the user was asked something else.
    const isAbout = asked && request.keys.every((key) => asked.keys.includes(key));
    if (!isAbout || answer.kind !== 'elicit') {
      return this.requireInput(request, { sessionId, call, keys: request.keys });
    }
    if (answer.action === 'accept') return 'accepted';
    return answer.action === 'decline' ? 'declined' : 'unanswered';
  }

  private async readState(state: string | undefined): Promise<z.output<typeof State> | undefined> {
    if (state === undefined) return undefined;
    const known = await this.codec.verify(state, NO_CONTEXT).catch(() => undefined);
    const read = State.safeParse(known);
    if (!read.success) throw invalidState();
    return read.data;
  }

  private async requireInput(
    { params, onAsked }: PermissionRequest,
    state: z.input<typeof State>,
  ): Promise<InputRequiredResult> {
    onAsked();
    return inputRequired({
      inputRequests: { [PERMISSION]: inputRequired.elicit(params) },
      requestState: await this.codec.mint(state),
    });
  }
}

function invalidState(): ProtocolError {
  const message =
    'The requestState is not one that this call was given, or too old: make the call without it.';
  return new ProtocolError(ProtocolErrorCode.InvalidParams, message);
}

function hashOf({ name, arguments: given = {} }: CallToolRequestParams): string {
  return createHash('sha256')
    .update(writeJson([name, given]))
    .digest('base64url');
}
