import {
  closeStdio,
  exchangeStdio,
  newId,
  openStdio,
  type StdioLine,
  type StdioOwner,
  type StdioProgram,
} from '@patchbay/contracts';
import type { Bus } from '@patchbay/service';

type Message = Record<string, unknown>;

/** A client of a server that runs as a program, as `tools` has one: what it is answered, and what it hears besides. */
export class StdioClient {
  readonly heard: Message[] = [];
  /** What it answers to requests of the server's own. */
  onAsked: (message: Message) => unknown = () => ({});
  private lastId = 0;

  private constructor(
    private readonly bus: Bus,
    readonly line: StdioLine,
    readonly idleSeconds: number,
  ) {}

  static async open(bus: Bus, owner: StdioOwner, program: StdioProgram): Promise<StdioClient> {
    const { line, idleSeconds } = await bus.request(openStdio, { owner, program });
    const client = new StdioClient(bus, line, idleSeconds);
    await client.request('initialize', {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'test', version: '1' },
    });
    await client.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return client;
  }

  /** The text that a tool answers. */
  async call(name: string, given: Message = {}): Promise<string> {
    const result = (await this.request('tools/call', { name, arguments: given })) as {
      content: { text: string }[];
    };
    return result.content[0]?.text ?? '';
  }

  async request(method: string, params: Message): Promise<unknown> {
    this.lastId += 1;
    const id = this.lastId;
    let send: string | null = JSON.stringify({ jsonrpc: '2.0', id, method, params });
    for (;;) {
      const { received } = await this.exchange(send, id);
      send = null;
      for (const message of received) {
        if (message['id'] === id && !('method' in message)) {
          if (message['error']) throw new Error(JSON.stringify(message['error']));
          return message['result'];
        }
        await this.take(message);
      }
    }
  }

  async send(message: Message): Promise<void> {
    const { received } = await this.exchange(JSON.stringify(message), null);
    for (const one of received) await this.take(one);
  }

  /** Takes what the server says by itself. */
  async listen(waitMs: number): Promise<Message[]> {
    const { received } = await this.exchange(null, null, waitMs);
    return received;
  }

  async exchange(send: string | null, awaits: number | null, waitMs = 20_000) {
    const answer = await this.bus.request(exchangeStdio, { line: this.line, send, awaits, waitMs });
    return { ...answer, received: answer.received.map((text) => JSON.parse(text) as Message) };
  }

  async close(): Promise<void> {
    await this.bus.request(closeStdio, { line: this.line });
  }

  private async take(message: Message): Promise<void> {
    this.heard.push(message);
    const { id, method } = message;
    if (method === undefined || id === undefined) return;
    await this.send({ jsonrpc: '2.0', id, result: this.onAsked(message) });
  }
}

export function newOwner(changes: Partial<StdioOwner> = {}): StdioOwner {
  return {
    projectId: newId('project'),
    toolkit: 'stdio-test',
    userId: 'user',
    sessionId: newId('session'),
    connectionId: newId('connection'),
    isAlone: false,
    ...changes,
  };
}
