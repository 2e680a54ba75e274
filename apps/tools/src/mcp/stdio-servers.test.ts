import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  AppError,
  closeStdio,
  exchangeStdio,
  openStdio,
  type CallOf,
  type OutputOf,
  type RequestContract,
} from '@patchbay/contracts';
import type { Bus, NatsClient, OutboundClient } from '@patchbay/service';
import { eventually } from '@patchbay/testing';
import { ToolFailure, type McpTool, type ToolkitProgram } from '@patchbay/toolkits';
import type { ProviderAccess } from '../providers/provider.client.js';
import { McpUpstreams, type ProgramUpstream } from './mcp.upstreams.js';

/** A server of stdio in a page: what it is called with says what it does. */
const SERVER = `
const cancelled = [];
const say = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
const tool = (name) => ({ name, inputSchema: { type: 'object' } });
const pongs = new Map();
const text = (id, value) => say({ id, result: { content: [{ type: 'text', text: JSON.stringify(value) }] } });
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params, result } = JSON.parse(line);
  if (result && pongs.has(id)) return pongs.get(id)();
  if (method === 'initialize')
    return say({ id, result: { protocolVersion: params.protocolVersion, capabilities: { tools: { listChanged: true } }, serverInfo: { name: 's', version: '1' } } });
  if (method === 'tools/list') return say({ id, result: { tools: ['whoami', 'number', 'ask', 'slow', 'die', 'cancelled', 'change'].map(tool) } });
  if (method === 'notifications/cancelled') return cancelled.push(params.requestId);
  if (method !== 'tools/call') return id === undefined || say({ id, error: { code: -32601, message: 'unknown' } });
  if (params.name === 'whoami') text(id, { pid: process.pid, env: process.env.TOKEN, argv: process.argv.slice(1) });
  if (params.name === 'number') process.stdout.write('{"jsonrpc":"2.0","id":' + id + ',"result":{"content":[],"structuredContent":{"n":9007199254740993}}}\\n');
  if (params.name === 'ask') { pongs.set('p', () => text(id, 'pong')); say({ id: 'p', method: 'ping' }); }
  if (params.name === 'die') process.exit(1);
  if (params.name === 'cancelled') text(id, cancelled);
  if (params.name === 'change') { say({ method: 'notifications/tools/list_changed' }); text(id, 'changed'); }
});
`;

interface Running {
  owner: string;
  child: ChildProcessWithoutNullStreams;
  received: string[];
  wake: () => void;
  isGone: boolean;
}

/** A workbench by its contract, without a sandbox: one process for each owner. */
class Workbench {
  readonly running = new Map<string, Running>();
  readonly opened: CallOf<typeof openStdio>[] = [];
  readonly bus = {
    request: (contract: RequestContract, input: unknown) => this.answer(contract, input),
  } as unknown as Bus;

  async stop(): Promise<void> {
    for (const { child } of this.running.values()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }

  private async answer(contract: RequestContract, input: unknown): Promise<never> {
    if (contract === openStdio) return this.open(input as CallOf<typeof openStdio>) as never;
    if (contract === exchangeStdio) return this.exchange(input as CallOf<typeof exchangeStdio>) as never;
    if (contract === closeStdio) return this.close(input as CallOf<typeof closeStdio>) as never;
    return { headers: { region: 'eu' } } as never;
  }

  private open(request: CallOf<typeof openStdio>): OutputOf<typeof openStdio> {
    this.opened.push(request);
    const { arguments: args = [], environment } = request.program;
    const child = spawn(process.execPath, ['-e', SERVER, ...args], { env: { ...environment } });
    const one: Running = {
      owner: JSON.stringify(request.owner),
      child,
      received: [],
      wake: () => undefined,
      isGone: false,
    };
    createInterface({ input: child.stdout }).on('line', (line) => {
      one.received.push(line);
      one.wake();
    });
    child.on('exit', () => {
      one.isGone = true;
      one.wake();
    });
    child.stdin.on('error', () => undefined);
    const line = randomUUID();
    this.running.set(line, one);
    return { line: { replica: randomUUID(), processId: randomUUID(), line }, idleSeconds: 300 };
  }

  private async exchange({
    line,
    send,
    awaits,
    waitMs,
  }: CallOf<typeof exchangeStdio>): Promise<OutputOf<typeof exchangeStdio>> {
    const one = this.running.get(line.line)!;
    if (one.isGone) throw new AppError('sandbox_lost', 'The program ended.', { retryable: true });
    if (send !== null) one.child.stdin.write(`${send}\n`);
    const until = Date.now() + waitMs;
    const isAnswer = (text: string) => {
      const { id, method } = JSON.parse(text) as { id?: unknown; method?: unknown };
      return id === awaits && method === undefined;
    };
    const isAsked = (text: string) => 'id' in JSON.parse(text) && 'method' in JSON.parse(text);
    while (
      awaits !== null &&
      Date.now() < until &&
      !one.received.some((each) => isAnswer(each) || isAsked(each))
    ) {
      if (one.isGone) throw new AppError('sandbox_lost', 'The program ended.');
      await new Promise<void>((resolve) => {
        one.wake = resolve;
        setTimeout(resolve, until - Date.now()).unref();
      });
    }
    const received = awaits === null ? [] : one.received.splice(0);
    return { received, isAnswered: received.some(isAnswer) };
  }

  private close({ line }: CallOf<typeof closeStdio>): Record<string, never> {
    this.running.get(line.line)?.child.kill('SIGKILL');
    return {};
  }
}

const PROGRAM: ToolkitProgram = {
  registryType: 'npm',
  identifier: '@acme/mcp',
  version: '1.0.0',
  arguments: [['serve'], ['--at', '{region}'], ['--root', '{root}']],
  environment: { TOKEN: '{token}', OTHER: '{other}' },
};
const ADDRESS = 'pkg:npm/%40acme/mcp@1.0.0';
const tool = (upstreamName: string): McpTool => ({
  kind: 'mcp',
  slug: 'UP_TOOL',
  upstreamName,
  name: upstreamName,
  description: '',
  tags: [],
  input: { type: 'object', properties: {} },
});

let workbench: Workbench;
let upstreams: McpUpstreams;
beforeEach(() => {
  workbench = new Workbench();
  const nats = { onReturn: () => undefined } as unknown as NatsClient;
  upstreams = new McpUpstreams({} as OutboundClient, workbench.bus, nats);
});
afterEach(async () => {
  upstreams.onApplicationShutdown();
  await workbench.stop();
});

const account = (connectionId: string, token: string) =>
  ({ connectionId, headers: {}, query: {}, urlValues: {}, programValues: { token } }) as never;
function run(name: string, more: Partial<ProviderAccess> = {}, limitMs = 20_000) {
  const access = {
    toolkit: { slug: 'up', name: 'Up', addedBy: 'proj_a', baseUrl: ADDRESS, program: PROGRAM },
    deadline: Date.now() + limitMs,
    userId: 'ada',
    sessionId: 'trs_1',
    credential: account('ca_1', 'secret-of-ada'),
    ...more,
  } as ProviderAccess;
  return upstreams.run(tool(name), {}, access, []);
}
async function whoami(more: Partial<ProviderAccess> = {}) {
  const { content } = (await run('whoami', more)) as { content: { text: string }[] };
  return JSON.parse(content[0]!.text) as { pid: number; env: string; argv: string[] };
}

describe('an MCP server that is a program', () => {
  it('is listed in a process of its own, which ends with that', async () => {
    const owner = { userId: null, sessionId: null, connectionId: null };
    const upstream: ProgramUpstream = {
      projectId: 'proj_a',
      slug: 'up',
      address: ADDRESS,
      program: PROGRAM,
      values: {},
      owner,
    };
    const { tools } = await upstreams.listTools(upstream);
    expect(tools.map(({ name }) => name)).toContain('whoami');
    expect(workbench.opened).toMatchObject([{ owner: { ...owner, toolkit: 'up', isAlone: true } }]);
    const [one] = workbench.running.values();
    await eventually(async () => expect(one!.isGone).toBe(true));
  });

  it('is given the values of the account and those of everybody, and nothing for which there is none', async () => {
    expect(await whoami()).toMatchObject({ env: 'secret-of-ada', argv: ['serve', '--at', 'eu'] });
    expect(workbench.opened[0]!.program.environment).toEqual({ TOKEN: 'secret-of-ada' });
  });

  it('is one process for a session and an account, and no other’s', async () => {
    const [first, again] = [await whoami(), await whoami()];
    expect(again.pid).toBe(first.pid);
    const other = await whoami({ sessionId: 'trs_2' });
    const grace = await whoami({
      userId: 'grace',
      sessionId: 'trs_3',
      credential: account('ca_2', 'of-grace'),
    });
    expect(new Set([first.pid, other.pid, grace.pid]).size).toBe(3);
    expect(grace.env).toBe('of-grace');
    expect(new Set(workbench.opened.map(({ owner }) => JSON.stringify(owner))).size).toBe(3);
  });

  it('ends with a call that brought its own credential', async () => {
    const brought = { ...(account('', 'x') as object), connectionId: undefined, isOfThisCall: true } as never;
    const { pid } = await whoami({ credential: brought });
    expect(workbench.opened).toMatchObject([{ owner: { connectionId: null, isAlone: true } }]);
    const [one] = workbench.running.values();
    expect(one!.child.pid).toBe(pid);
    await eventually(async () => expect(one!.isGone).toBe(true));
  });

  it('is answered when it asks by itself, and its numbers keep all their digits', async () => {
    expect(await run('ask')).toMatchObject({ content: [{ text: '"pong"' }] });
    expect(JSON.stringify(await run('number'))).toContain('9007199254740993');
  });

  it('is begun again where it was gone before the call, and not where it may have done its work', async () => {
    const { pid } = await whoami();
    process.kill(pid, 'SIGKILL');
    const [one] = workbench.running.values();
    await eventually(async () => expect(one!.isGone).toBe(true));
    expect((await whoami()).pid).not.toBe(pid);
    await expect(run('die')).rejects.toMatchObject({ data: { outcome_unknown: true } });
    expect((await whoami()).env).toBe('secret-of-ada');
    expect(workbench.opened).toHaveLength(3);
  });

  it('is told that a call ran out of time', async () => {
    await expect(run('slow', {}, 200)).rejects.toThrow(ToolFailure);
    await eventually(async () =>
      expect(await run('cancelled')).toMatchObject({ content: [{ text: expect.stringMatching(/\[\d+\]/) }] }),
    );
  });

  it('is heard when it says that its tools changed', async () => {
    const heard: string[] = [];
    upstreams.onToolsChanged = ({ slug }) => void heard.push(slug);
    await run('change');
    await eventually(async () => expect(heard).toEqual(['up']));
  });

  it('takes no headers and no parameters', async () => {
    const custom = { headers: { 'x-a': '1' }, query: {}, urlValues: {}, isOfThisCall: true } as never;
    await expect(run('whoami', { credential: custom })).rejects.toThrow('it takes no headers');
  });
});
