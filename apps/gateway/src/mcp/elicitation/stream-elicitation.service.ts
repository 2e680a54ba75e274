import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { JSONRPCResponse } from '@modelcontextprotocol/server';
import { AppError, mcpElicitationAnswered, type SignalOf } from '@patchbay/contracts';
import { Bus, Drain } from '@patchbay/service';
import { z } from 'zod';
import { notification } from '../transport/json-rpc.js';
import type { ElicitationReply, PermissionRequest } from './elicitation.js';

/** How long the user may take to answer. */
const ANSWER_LIMIT_MS = 5 * 60_000;
const MAX_WAITING = 10_000;

const Result = z.object({ action: z.enum(['accept', 'decline', 'cancel']) });
const REPLIES = { accept: 'accepted', decline: 'declined', cancel: 'unanswered' } as const;

interface Waiting {
  sessionId: string;
  end: (reply: ElicitationReply) => void;
  fail: (error: AppError) => void;
}

/**
 * Elicitation of legacy MCP: `elicitation/create` is sent in the stream of the call's response. The client's answer is a
 * request of its own, which may reach any replica and is passed to all of them by a signal.
 */
@Injectable()
export class StreamElicitation {
  private readonly waiting = new Map<string, Waiting>();

  constructor(
    private readonly bus: Bus,
    drain: Drain,
  ) {
    // Waiting for a user would keep the process from stopping.
    drain.onDrain(async () => {
      for (const { fail } of this.waiting.values()) {
        fail(new AppError('unavailable', 'The server is restarting. Nothing was done: make the call again.'));
      }
    });
  }

  /** @param send to the client, in the stream of the call's response */
  async elicit(
    sessionId: string,
    { params, onAsked }: PermissionRequest,
    send: (message: object) => void,
    signal: AbortSignal,
  ): Promise<ElicitationReply> {
    if (this.waiting.size >= MAX_WAITING) {
      throw new AppError('unavailable', 'Too many calls are waiting for an answer of their users already.');
    }
    // Not guessable: another client of the session must not answer in this one's place.
    const id = `elicitation-${randomUUID()}`;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<ElicitationReply>((resolve, reject) => {
        const giveUp = () => {
          send(
            notification('notifications/cancelled', {
              requestId: id,
              reason: 'The call no longer waits for it.',
            }),
          );
          resolve('unanswered');
        };
        this.waiting.set(id, { sessionId, end: resolve, fail: reject });
        timer = setTimeout(giveUp, ANSWER_LIMIT_MS);
        signal.addEventListener('abort', giveUp, { once: true });
        send({ jsonrpc: '2.0', id, method: 'elicitation/create', params });
        onAsked();
      });
    } finally {
      clearTimeout(timer);
      this.waiting.delete(id);
    }
  }

  /** A client's answer that reached this replica. */
  answer(sessionId: string, response: JSONRPCResponse): void {
    const result = 'result' in response ? response.result : null;
    this.bus.signal(mcpElicitationAnswered, { sessionId, questionId: String(response.id), result });
  }

  onAnswered({ sessionId, questionId, result }: SignalOf<typeof mcpElicitationAnswered>): void {
    const waiting = this.waiting.get(questionId);
    if (!waiting || waiting.sessionId !== sessionId) return;
    const read = Result.safeParse(result);
    waiting.end(read.success ? REPLIES[read.data.action] : 'unanswered');
  }
}
