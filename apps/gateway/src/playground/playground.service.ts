import { Inject, Injectable } from '@nestjs/common';
import {
  AppError,
  isMetaTool,
  listSessionTools,
  readJson,
  writeJson,
  type CallContext,
  type Session,
  type ToolDefinition,
} from '@patchbay/contracts';
import { Bus, LOGGER, runWithDeadline, type Logger } from '@patchbay/service';
import { CallsService } from '../calls/index.js';
import { REQUEST_LIMIT_MS } from '../http/index.js';
import { RateLimits, userKey } from '../limits/index.js';
import { completed, type AssistantMessage, type Message } from './conversation.js';
import { ModelClient } from './model.client.js';
import type { Ending, PlaygroundEvents } from './playground.answer.js';

/** A run ends by itself: a model that turns in a circle costs its operator money. */
export const MOST_TURNS = 24;
const MOST_CALLS = 60;
/** Of all that the model and the tools say in one run. */
const MOST_BYTES = 2 * 1024 * 1024;
/** Models take so many functions at once: https://platform.openai.com/docs/guides/function-calling */
const MOST_TOOLS = 128;
/** What of an answer goes to the model, and what to the page; the whole is on the record. */
const TOLD_CHARACTERS = 24_000;
const SHOWN_CHARACTERS = 200_000;

const INSTRUCTIONS =
  'You act for one user by the tools that you are given, and by nothing else. Say shortly what you found or did. When a tool fails, say why rather than guess.';
const SEARCHING =
  ' Begin with COMPOSIO_SEARCH_TOOLS when you do not know which tool to use, and run what it finds by COMPOSIO_MULTI_EXECUTE_TOOL. When an account is missing, make a link with COMPOSIO_MANAGE_CONNECTIONS and show it.';

interface Run {
  session: Session;
  messages: readonly Message[];
  context: CallContext;
  /** Aborted when nobody watches any more, and when the time is over. */
  signal: AbortSignal;
  tell: <Name extends keyof PlaygroundEvents>(name: Name, event: PlaygroundEvents[Name]) => void;
}

/** Does in a session what an agent would do there, with the operator's model: asks it, runs what it calls, and asks it again. */
@Injectable()
export class PlaygroundService {
  constructor(
    private readonly bus: Bus,
    private readonly calls: CallsService,
    private readonly limits: RateLimits,
    private readonly model: ModelClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @returns why it ended: the response has begun, so there is no other way to say it */
  async run(run: Run): Promise<Ending> {
    try {
      return await this.converse(run);
    } catch (error) {
      if (run.signal.aborted) return { reason: 'stopped', message: null };
      if (!(error instanceof AppError)) {
        this.logger.error({ err: error }, 'a run of the playground failed');
        return { reason: 'failed', message: 'Something went wrong here, and not at the model.' };
      }
      return { reason: 'failed', message: [error.message, error.suggestion].filter(Boolean).join(' ') };
    }
  }

  private async converse({ session, messages, context, signal, tell }: Run): Promise<Ending> {
    const { tools, total } = await this.toolsOf(session);
    tell('tools', { shown: tools.map(({ slug }) => slug), total });
    const instructions = tools.some(({ slug }) => isMetaTool(slug)) ? INSTRUCTIONS + SEARCHING : INSTRUCTIONS;
    const said = completed(messages);
    let [made, bytes] = [0, 0];
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      signal.throwIfAborted();
      const onText = (text: string) => tell('text', { text });
      const answer = await this.model.complete({ instructions, messages: said, tools, signal, onText });
      said.push(answer);
      tell('message', answer);
      bytes += JSON.stringify(answer).length;
      if (answer.tool_calls.length === 0) return { reason: 'done', message: null };
      for (const call of answer.tool_calls) {
        signal.throwIfAborted();
        if ((made += 1) > MOST_CALLS) return over(`It made ${MOST_CALLS} calls.`);
        const content = await this.call(call, { session, context, signal, tell });
        said.push({ role: 'tool', tool_call_id: call.id, content });
        bytes += content.length;
        if (bytes > MOST_BYTES) return over('Models and tools have said as much as one run may hold.');
      }
    }
    return over(`It took ${MOST_TURNS} turns.`);
  }

  /** @returns what the model is told of the answer */
  private async call(
    { id, tool_slug: toolSlug, arguments: written }: AssistantMessage['tool_calls'][number],
    { session, context, signal, tell }: Omit<Run, 'messages'>,
  ): Promise<string> {
    const given = argumentsIn(written);
    tell('call', { id, tool_slug: toolSlug, arguments: given ?? written });
    const began = Date.now();
    const finish = (outcome: {
      successful: boolean;
      data: object;
      error: string | null;
      logId?: string | undefined;
    }) => {
      const { successful, data, error, logId } = outcome;
      const answer = { successful, data, error };
      const text = writeJson(answer);
      const isClipped = text.length > SHOWN_CHARACTERS;
      const content =
        text.length > TOLD_CHARACTERS
          ? `${text.slice(0, TOLD_CHARACTERS)}… (${text.length - TOLD_CHARACTERS} more characters were left out)`
          : text;
      tell('result', {
        id,
        successful: answer.successful,
        error: answer.error,
        data: isClipped ? { beginning: text.slice(0, SHOWN_CHARACTERS) } : answer.data,
        is_clipped: isClipped,
        content,
        log_id: logId ?? null,
        duration_ms: Date.now() - began,
      });
      return content;
    };
    if (!given)
      return finish({
        successful: false,
        data: {},
        error: 'The arguments are no JSON object: write them again.',
      });
    try {
      await this.limits.consume('user', userKey(session.projectId, session.userId));
      // A run lasts longer than a request may: each call has the time of one.
      const deadline = Date.now() + REQUEST_LIMIT_MS;
      const outcome = await runWithDeadline(deadline, () =>
        this.calls.execute({
          scope: { session },
          toolSlug,
          arguments: given,
          signal,
          context: { ...context, deadline, isRetry: false },
        }),
      );
      return finish(outcome);
    } catch (error) {
      if (!(error instanceof AppError) || signal.aborted) throw error;
      // The model can act on a refusal.
      const words = [error.message, error.suggestion].filter(Boolean).join(' ');
      return finish({ successful: false, data: {}, error: words });
    }
  }

  private async toolsOf({ projectId, id }: Session): Promise<{ tools: ToolDefinition[]; total: number }> {
    const { items, total } = await this.bus.request(listSessionTools, { projectId, id, limit: MOST_TOOLS });
    return { tools: items, total };
  }
}

const over = (why: string): Ending => ({
  reason: 'limit',
  message: `${why} Say "go on" to let it go on from here.`,
});

function argumentsIn(written: string): Record<string, unknown> | undefined {
  if (written.trim() === '') return {};
  try {
    const value: unknown = readJson(written);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
