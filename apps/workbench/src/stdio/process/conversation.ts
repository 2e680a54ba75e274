import { randomUUID } from 'node:crypto';
import { AppError, hasParts, readJson, writeJson } from '@patchbay/contracts';
import { depthOf, MAX_DEPTH, ProtocolError } from '../../agent/index.js';
import { Line } from './line.js';

type Message = Record<string, unknown>;
type Id = string | number;

/** Requests that a process has not answered yet, of all its lines. */
const MAX_PENDING = 64;
/** Requests of the server's own that nobody has answered yet. */
const MAX_ASKED = 64;

interface Pending {
  line: Line;
  /** As its client numbers it. */
  id: Id;
  isHandshake: boolean;
}

/**
 * What goes between a process, which knows one client, and the lines of all who use it. Requests get numbers of their
 * own on the way, so that those of two lines do not meet.
 */
export class Conversation {
  private readonly lines = new Map<string, Line>();
  private readonly pending = new Map<number, Pending>();
  /** Requests of the server's own, as their ids are written. */
  private readonly asked = new Set<string>();
  private lastNumber = 0;
  /** The answer to `initialize`, once there is one; those who wait for it until then. */
  private handshake: Message | undefined;
  private greeting: Pending[] | undefined;
  private isGreeted = false;

  /** @param give what the process is sent */
  constructor(private readonly give: (text: string) => void) {}

  addLine(): string {
    const id = randomUUID();
    this.lines.set(id, new Line());
    return id;
  }

  line(id: string): Line | undefined {
    return this.lines.get(id);
  }

  /** @returns how many are left */
  removeLine(id: string): number {
    this.lines.get(id)?.end();
    this.lines.delete(id);
    return this.lines.size;
  }

  /** Whether a client waits for something that the process has yet to say. */
  get isBusy(): boolean {
    return [...this.lines.values()].some(({ isAwaited }) => isAwaited);
  }

  /** What a client sends. @throws AppError `invalid_request`, `sandbox_limit` */
  send(line: Line, text: string): void {
    const message = readMessage(text);
    if (!message) {
      throw new AppError('invalid_request', 'What was to be sent to the server is no JSON-RPC message.');
    }
    line.lastSent = Date.now();
    const { method, id } = message;
    if (typeof method !== 'string') return this.reply(message);
    if (id === undefined) return this.notify(line, message, method);
    this.request({ line, id: id as Id, isHandshake: method === 'initialize' }, message);
  }

  /** What the process says. @throws ProtocolError when the process has to be ended for it */
  take(text: string): void {
    const message = readMessage(text);
    if (!message) throw new ProtocolError('it sent what is no JSON-RPC message');
    if (typeof message['method'] !== 'string') return this.takeAnswer(message);
    if (message['id'] === undefined) {
      for (const line of this.lines.values()) line.tell(text);
      return;
    }
    this.takeRequest(message, text);
  }

  /** Lets everybody who waits look what there is, and whether the process is still there. */
  wake(): void {
    for (const line of this.lines.values()) line.wake();
  }

  private request(request: Pending, message: Message): void {
    if (request.isHandshake) {
      if (this.handshake)
        return request.line.answer(request.id, writeJson({ ...this.handshake, id: request.id }));
      if (this.greeting) return void this.greeting.push(request);
      this.greeting = [];
    }
    if (this.pending.size >= MAX_PENDING) {
      throw new AppError('sandbox_limit', `The server has ${MAX_PENDING} requests to answer already.`, {
        suggestion: 'Wait for their answers first.',
      });
    }
    this.lastNumber += 1;
    this.pending.set(this.lastNumber, request);
    this.give(writeJson({ ...message, id: this.lastNumber }));
  }

  private notify(line: Line, message: Message, method: string): void {
    if (method === 'notifications/initialized') {
      if (this.isGreeted) return;
      this.isGreeted = true;
    }
    if (method === 'notifications/cancelled') return this.cancel(line, message);
    this.give(writeJson(message));
  }

  private cancel(line: Line, message: Message): void {
    const { params } = message;
    const id = hasParts(params) ? (params as Message)['requestId'] : undefined;
    const found = [...this.pending].find(([, one]) => one.line === line && one.id === id);
    if (!found) return;
    const [number] = found;
    this.pending.delete(number);
    this.give(writeJson({ ...message, params: { ...(params as Message), requestId: number } }));
  }

  /** To a request of the server's own; the first answer is the one that counts. */
  private reply(message: Message): void {
    if (this.asked.delete(writeJson(message['id'] ?? null))) this.give(writeJson(message));
  }

  private takeAnswer(message: Message): void {
    const number = message['id'];
    const request = typeof number === 'number' ? this.pending.get(number) : undefined;
    // Of one that was cancelled, or nonsense: neither is for anybody.
    if (typeof number !== 'number' || !request) return;
    this.pending.delete(number);
    const waiting = request.isHandshake ? this.endHandshake(message) : [];
    for (const { line, id } of [request, ...waiting]) line.answer(id, writeJson({ ...message, id }));
  }

  private endHandshake(message: Message): Pending[] {
    const waiting = this.greeting ?? [];
    this.greeting = undefined;
    if ('result' in message) this.handshake = message;
    return waiting;
  }

  private takeRequest(message: Message, text: string): void {
    const { id, method } = message;
    if (method === 'ping') return this.give(writeJson({ jsonrpc: '2.0', id, result: {} }));
    if (this.asked.size >= MAX_ASKED) throw new ProtocolError('it sent more requests than are answered');
    const line = this.lineInUse();
    if (!line) return;
    this.asked.add(writeJson(id));
    line.ask(text);
  }

  /** Whose call it is most likely for: the one that waits the longest, else the one that was used last. */
  private lineInUse(): Line | undefined {
    const [oldest] = this.pending.values();
    if (oldest && [...this.lines.values()].includes(oldest.line)) return oldest.line;
    return [...this.lines.values()].toSorted((a, b) => b.lastSent - a.lastSent).at(0);
  }
}

/** @returns undefined for what is none: a batch, which no revision of MCP for stdio needs, among it */
function readMessage(text: string): Message | undefined {
  if (depthOf(Buffer.from(text)) > MAX_DEPTH) return undefined;
  try {
    const message = readJson(text);
    if (!hasParts(message) || Array.isArray(message)) return undefined;
    const { method, id, result, error } = message as Message;
    const isRequest = typeof method === 'string';
    const hasOutcome = result !== undefined || error !== undefined;
    return isRequest || (id !== undefined && hasOutcome) ? (message as Message) : undefined;
  } catch {
    return undefined;
  }
}
