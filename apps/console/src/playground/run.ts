import { ApiError, type BodyOf } from '@patchbay/client';
import { useEffect, useRef, useState } from 'react';
import { readEvents, useApi } from '../api/index.js';

type Message = BodyOf<'runPlayground'>['messages'][number];
type Said = Extract<Message, { role: 'assistant' }>;

export interface ToolStep {
  kind: 'call';
  id: string;
  tool: string;
  arguments: unknown;
  result?: {
    successful: boolean;
    error: string | null;
    data: object;
    is_clipped: boolean;
    content: string;
    log_id: string | null;
    duration_ms: number;
  };
}
/** What is seen of a conversation, in its order. */
export type Step =
  | { kind: 'user'; text: string }
  | { kind: 'said'; text: string }
  | { kind: 'ending'; text: string; isBad: boolean }
  | ToolStep;

type Told =
  | { event: 'text'; data: { text: string } }
  | { event: 'message'; data: Said }
  | { event: 'call'; data: { id: string; tool_slug: string; arguments: unknown } }
  | { event: 'result'; data: NonNullable<ToolStep['result']> & { id: string } }
  | { event: 'end'; data: { reason: string; message: string | null } };

export interface Conversation {
  steps: Step[];
  isRunning: boolean;
  send: (text: string) => void;
  stop: () => void;
}

/** A conversation with the operator's model in a session. It lives as long as the page: nothing of it is kept elsewhere. */
export function useConversation(sessionId: string): Conversation {
  const api = useApi();
  const [steps, setSteps] = useState<Step[]>([]);
  const [isRunning, setRunning] = useState(false);
  const messages = useRef<Message[]>([]);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const hear = (told: Told) => {
    if (told.event === 'message') messages.current.push(told.data);
    if (told.event === 'result')
      messages.current.push({ role: 'tool', tool_call_id: told.data.id, content: told.data.content });
    setSteps((before) => withTold(before, told));
  };
  const follow = async (signal: AbortSignal) => {
    const response = await api.open('runPlayground', {
      path: { sessionId },
      body: { messages: messages.current },
      signal,
    });
    await readRun(response, hear);
  };
  return {
    steps,
    isRunning,
    send(text) {
      const ended = new AbortController();
      running.current = ended;
      messages.current = [...messages.current, { role: 'user', content: text }];
      setSteps((before) => [...before, { kind: 'user', text }]);
      setRunning(true);
      follow(ended.signal)
        .catch((error: unknown) => {
          const words = ended.signal.aborted ? 'You stopped it.' : reason(error);
          setSteps((before) => [...before, { kind: 'ending', text: words, isBad: !ended.signal.aborted }]);
        })
        .finally(() => setRunning(false));
    },
    stop: () => running.current?.abort(),
  };
}

/** Tells what a run tells. Fails when it breaks off: whoever stands between may end the stream as if all had been told. */
export async function readRun(response: Response, hear: (told: Told) => void): Promise<void> {
  let hasEnded = false;
  await readEvents(response, ({ event, data }) => {
    hasEnded ||= event === 'end';
    hear({ event, data: JSON.parse(data) as unknown } as Told);
  });
  if (!hasEnded) throw new Error('The run broke off.');
}

function reason(error: unknown): string {
  if (error instanceof ApiError)
    return [error.message, ...error.details, error.suggestion].filter(Boolean).join(' ');
  return 'The connection broke off. Send your message again to go on.';
}

/** The steps with what was told just now. */
export function withTold(steps: Step[], told: Told): Step[] {
  switch (told.event) {
    case 'text': {
      const last = steps.at(-1);
      if (last?.kind !== 'said') return [...steps, { kind: 'said', text: told.data.text }];
      return [...steps.slice(0, -1), { kind: 'said', text: last.text + told.data.text }];
    }
    case 'call': {
      const { id, tool_slug: tool, arguments: given } = told.data;
      return [...steps, { kind: 'call', id, tool, arguments: given }];
    }
    case 'result': {
      // The newest of the name: some models count their calls from the start in each turn.
      const at = steps.findLastIndex((step) => step.kind === 'call' && step.id === told.data.id);
      const step = steps[at];
      return step?.kind === 'call' ? steps.with(at, { ...step, result: told.data }) : steps;
    }
    case 'end': {
      const { reason: why, message } = told.data;
      if (why === 'done') return steps;
      return [...steps, { kind: 'ending', text: message ?? 'It was stopped.', isBad: why === 'failed' }];
    }
    default:
      return steps;
  }
}
