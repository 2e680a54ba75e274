import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { JSONRPCResponse } from '@modelcontextprotocol/server';
import { AppError, mcpQuestionAnswered, type SignalOf } from '@patchbay/contracts';
import { Bus, Drain } from '@patchbay/service';
import { z } from 'zod';
import { notification } from './json-rpc.js';
import type { Question, Reply } from './person.js';

/** People think. A client that gives up earlier says so. */
const PATIENCE_MS = 5 * 60_000;
const MAX_WAITING = 10_000;

const Result = z.object({ action: z.enum(['accept', 'decline', 'cancel']) });
const REPLIES = { accept: 'accepted', decline: 'declined', cancel: 'unanswered' } as const;

interface Waiting {
  sessionId: string;
  end: (reply: Reply) => void;
  fail: (error: AppError) => void;
}

/**
 * Questions that calls of this process wait for. They are sent in the stream of the call's answer; what a client
 * answers is a request of its own, which may reach any replica and is said to all of them.
 */
@Injectable()
export class QuestionsService {
  private readonly waiting = new Map<string, Waiting>();

  constructor(
    private readonly bus: Bus,
    drain: Drain,
  ) {
    // A person would hold the process up.
    drain.onDrain(async () => {
      for (const { fail } of this.waiting.values()) {
        fail(new AppError('unavailable', 'The server is restarting. Nothing was done: make the call again.'));
      }
    });
  }

  /** @param send to the client, in the stream of the call's answer */
  async ask(
    sessionId: string,
    { params }: Question,
    send: (message: object) => void,
    signal: AbortSignal,
  ): Promise<Reply> {
    if (this.waiting.size >= MAX_WAITING) {
      throw new AppError('unavailable', 'Too many calls are waiting for a person already.');
    }
    // It cannot be guessed: another client of the session must not answer in this one's place.
    const id = `question-${randomUUID()}`;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Reply>((resolve, reject) => {
        const giveUp = () => {
          send(
            notification('notifications/cancelled', { requestId: id, reason: 'Nobody waits for it now.' }),
          );
          resolve('unanswered');
        };
        this.waiting.set(id, { sessionId, end: resolve, fail: reject });
        timer = setTimeout(giveUp, PATIENCE_MS);
        signal.addEventListener('abort', giveUp, { once: true });
        send({ jsonrpc: '2.0', id, method: 'elicitation/create', params });
      });
    } finally {
      clearTimeout(timer);
      this.waiting.delete(id);
    }
  }

  /** A client's answer, which came in here. */
  answer(sessionId: string, response: JSONRPCResponse): void {
    const result = 'result' in response ? response.result : null;
    this.bus.signal(mcpQuestionAnswered, { sessionId, questionId: String(response.id), result });
  }

  onAnswered({ sessionId, questionId, result }: SignalOf<typeof mcpQuestionAnswered>): void {
    const waiting = this.waiting.get(questionId);
    if (!waiting || waiting.sessionId !== sessionId) return;
    const read = Result.safeParse(result);
    waiting.end(read.success ? REPLIES[read.data.action] : 'unanswered');
  }
}
