import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppError, outsideText, type ToolDefinition } from '@patchbay/contracts';
import { OPERATOR, OutboundClient } from '@patchbay/service';
import { z } from 'zod';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { CompletionReader, readCompletion } from './completion.reader.js';
import type { AssistantMessage, Message } from './conversation.js';

type Settings = Pick<GatewayConfig, 'PATCHBAY_MODEL_URL' | 'PATCHBAY_MODEL' | 'PATCHBAY_MODEL_API_KEY'>;

/** A model may think for a while before its first word. */
const FIRST_WORD_LIMIT_MS = 90_000;
const TURN_LIMIT_MS = 180_000;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
const Refusal = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) });

export interface Turn {
  instructions: string;
  messages: readonly Message[];
  tools: readonly ToolDefinition[];
  signal: AbortSignal;
  onText: (text: string) => void;
}

/** The operator's own model, behind an OpenAI-compatible API. Its key stays in this process. */
@Injectable()
export class ModelClient implements OnApplicationShutdown {
  private readonly http: OutboundClient | undefined;

  constructor(@Inject(CONFIG) private readonly config: Settings) {
    // The operator's own word: the model may well be on their own network.
    if (config.PATCHBAY_MODEL_URL) this.http = new OutboundClient([new URL(config.PATCHBAY_MODEL_URL).host]);
  }

  /** Its name; null when no model is set up. */
  get model(): string | null {
    return this.http ? this.config.PATCHBAY_MODEL : null;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http?.close();
  }

  /** @throws AppError whose message may be shown: what the endpoint says, without the key */
  async complete(turn: Turn): Promise<AssistantMessage> {
    const { PATCHBAY_MODEL_URL: base = '', PATCHBAY_MODEL_API_KEY: key } = this.config;
    if (!this.http) throw new AppError('invalid_request', 'No model is set up.');
    const response = await this.http.stream({
      purpose: OPERATOR,
      method: 'POST',
      url: new URL(`${base.replace(/\/+$/, '')}/chat/completions`),
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream, application/json',
        ...(key && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(this.bodyOf(turn)),
      maxBytes: MAX_ANSWER_BYTES,
      headersTimeoutMs: FIRST_WORD_LIMIT_MS,
      timeoutMs: TURN_LIMIT_MS,
      signal: turn.signal,
    });
    if (!response.ok) throw await this.refusalOf(response);
    const reader = new CompletionReader(turn.onText);
    try {
      await readCompletion(response, reader);
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw new AppError(
        'unavailable',
        'The model’s answer could not be read: it broke off, or is no chat completion.',
        { cause },
      );
    }
    return reader.message(turn.messages.length);
  }

  private bodyOf({ instructions, messages, tools }: Turn): object {
    return {
      model: this.config.PATCHBAY_MODEL,
      stream: true,
      messages: [{ role: 'system', content: instructions }, ...messages.map(toModel)],
      ...(tools.length > 0 && {
        tools: tools.map(({ slug: name, description, inputSchema: parameters }) => ({
          type: 'function',
          function: { name, description, parameters },
        })),
      }),
    };
  }

  private async refusalOf(response: Response): Promise<AppError> {
    const { status } = response;
    const text = await response.text().catch(() => '');
    // What is said of a wrong key may repeat a part of it.
    if (status === 401 || status === 403)
      return new AppError('unavailable', `The model’s endpoint refused the key (${status}).`, {
        suggestion: 'The operator looks at PATCHBAY_MODEL_API_KEY.',
      });
    // Before it is cut: the beginning of a key is not found any more.
    const said = saidIn(text.replaceAll(this.config.PATCHBAY_MODEL_API_KEY || '\0', '…'));
    return new AppError(
      'unavailable',
      `The model’s endpoint answered ${status}${said ? `: ${said}` : ''}`.replace(/[.]?$/, '.'),
    );
  }
}

function saidIn(text: string): string {
  try {
    const { error } = Refusal.parse(JSON.parse(text));
    return outsideText(typeof error === 'string' ? error : error.message, 300);
  } catch {
    return '';
  }
}

function toModel(message: Message): object {
  if (message.role !== 'assistant') return message;
  const calls = message.tool_calls.map(({ id, tool_slug: name, arguments: given }) => ({
    id,
    type: 'function',
    function: { name, arguments: given },
  }));
  return {
    role: message.role,
    // Without calls it must be a text, even an empty one.
    content: message.content || (calls.length > 0 ? null : ''),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}
