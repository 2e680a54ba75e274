import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOSTILE, HostileAgentDriver } from './hostile-agent.driver.js';
import { runWorkbench, type Replica, type TestSession } from './running-workbench.js';

/*
 * What comes out of a sandbox is an enemy's. The agent keeps its line to itself (`escape.test.ts`); here it is as if it
 * did not, and the code of a cell writes the frames.
 */

let workbench: Awaited<ReturnType<typeof runWorkbench>>;
let replica: Replica;
let neighbour: TestSession;
let session: TestSession;
beforeAll(async () => {
  workbench = await runWorkbench({
    PATCHBAY_WORKBENCH_DISK_MB: '32',
    PATCHBAY_WORKBENCH_WARM: '2',
    PATCHBAY_WORKBENCH_HELPER_CALLS_PER_SECOND: '200',
  });
  replica = await workbench.start({}, new HostileAgentDriver());
  neighbour = workbench.open();
  await neighbour.value('mine = 7');
}, 60_000);
afterAll(() => workbench?.stop());

beforeEach(() => {
  session = workbench.open();
});

describe('an agent that lies', () => {
  const SAY = (text: string) => `agent.send_line(${text})`;
  const HELPER = String.raw`b'{"helper":%d,"name":"nonsense","arguments":{}}\n'`;

  it.each([
    ['with words that are none', SAY(String.raw`b"garbage\n"`), 'not in the protocol'],
    [
      'with words that are no text',
      SAY(String.raw`b'{"id":1,"fail":"\xff\xfe'+b"\n"`),
      'not in the protocol',
    ],
    ['with answers to requests that were never made', SAY(String.raw`b'{"id":999,"ok":{}}\n'`), 'never made'],
    ['with a line without end', SAY(String.raw`b"x" * (9 * 2 ** 20)`), 'a line without end'],
    [
      'with an answer of another form',
      SAY(String.raw`b'{"id":%d,"ok":{"stdout":1}}\n' % frame["id"]`),
      'not in the protocol',
    ],
    ['with an answer that is too large', `agent.answer(frame["id"], "x" * (4 * 2 ** 20))`, 'too large'],
    [
      'with an answer without a bottom',
      SAY(String.raw`b'{"id":%d,"ok":' % frame["id"] + b"[" * 100000 + b"]" * 100000 + b"}\n"`),
      'nested too deep',
    ],
    ['with greetings without end', `while True: ${SAY(String.raw`b"{}\n" * 20000`)}`, 'not in the protocol'],
    [
      'with helper calls without end',
      `n = 0\nwhile True:\n  n += 1\n  ${SAY(`${HELPER} % n`)}`,
      'more than 64 helper calls at once',
    ],
    [
      'with helper calls of a thousand names each',
      SAY(
        String.raw`b'{"helper":1,"name":"x","arguments":{' + b",".join(b'"%d":1' % n for n in range(1000)) + b"}}\n"`,
      ),
      'not in the protocol',
    ],
  ])('%s loses its sandbox at the most, is told why, and the next one is good', async (_, lie, reason) => {
    await expect(session.run(HOSTILE + lie)).rejects.toMatchObject({
      code: 'sandbox_lost',
      message: expect.stringContaining(reason),
    });
    expect(await session.value('5')).toBe('5');
    expect(await neighbour.value('mine')).toBe('7');
  });

  it.each([
    ['as many helper calls as it may, as large as they may be,', 5 * 2 ** 20],
    ['as many helper calls as it may, as small as they may be,', 1],
  ])('and sends %s has no neighbour that waits for it', async (_, size) => {
    const lie = [
      'import json',
      'n = 0',
      'def call():',
      '  global n',
      '  n += 1',
      `  agent.send({"helper": n, "name": "nonsense", "arguments": {"x": "y" * ${size}}})`,
      'os.set_blocking(agent.incoming, True)',
      'for _ in range(60): call()',
      'buffer = b""',
      'while True:',
      '  *lines, buffer = (buffer + os.read(agent.incoming, 2**20)).split(b"\\n")',
      '  for line in lines: call()',
    ].join('\n');
    let isOver = false;
    const attack = session.run(HOSTILE + lie).catch(() => {
      isOver = true;
    });
    for (let count = 0; count < 5; count += 1) expect(await neighbour.value('mine')).toBe('7');
    expect(await workbench.open().value('1 + 1')).toBe('2');
    expect(isOver).toBe(false);
    await replica.workspaces.endSession(session.projectId, session.id);
    await attack;
  });
});

describe('code that writes where Python answers', () => {
  it.each([
    ['garbage', String.raw`b"garbage\n"`],
    ['what is no answer', String.raw`b"[1]\n"`],
    ['an answer without a bottom', String.raw`b"[" * 100000 + b"\n"`],
    ['a line without end', 'b"x" * 5 * 2**20'],
  ])('as with %s loses its variables at the most', async (_, text) => {
    await session.value('open("/home/user/kept", "w").write("here")');
    const { error } = await session.run(`import os\nos.write(3, ${text})\nwhile True: pass`);
    expect(error).toContain('the descriptor over which Python answers');
    expect(await session.value('open("/home/user/kept").read()')).toBe("'here'");
  });
});

describe('code that knocks where helpers are', () => {
  it('with nonsense, nothing, or no end is refused, and others get through', async () => {
    const knock = [
      'import socket',
      'from helper_server import ADDRESS',
      'silent = []',
      'for i in range(64):',
      '  s = socket.socket(socket.AF_UNIX); s.connect(ADDRESS); silent.append(s)',
      'answers = []',
      'def say(line):',
      '  s = socket.socket(socket.AF_UNIX); s.connect(ADDRESS)',
      '  try: s.sendall(line)',
      '  except BrokenPipeError: pass',
      '  answers.append(b"refused" in s.recv(1000))',
      String.raw`for line in (b"[1,2\n", b"[]\n", b"[" * 100000 + b"\n", b'{"name":"x","arguments":{"n":NaN}}\n', b"x" * 7 * 2**20): say(line)`,
      'answers',
    ].join('\n');
    expect(await session.value(knock)).toBe('[True, True, True, True, True]');
    expect(await session.value('run_composio_tool("A_TOOL", {}, print_schema_for_tool=False)[1]')).toBe("''");
  });

  it('hundreds of times at once has all its calls made, some at a time, and no neighbour waits for them', async () => {
    const code = [
      'import json, socket',
      'from helper_server import ADDRESS',
      'line = json.dumps({"name": "run_tool", "arguments": {"tool_slug": "A_TOOL", "arguments": {}}}).encode() + b"\\n"',
      'def knock():',
      '  s = socket.socket(socket.AF_UNIX); s.connect(ADDRESS); s.sendall(line)',
      '  return s',
      'all = [knock() for _ in range(400)]',
      'set(json.loads(s.recv(2**20))["error"] for s in all)',
    ].join('\n');
    const attack = session.value(code);
    expect(await neighbour.value('mine')).toBe('7');
    expect(await attack).toBe("{''}");
  });

  it.each(['float("nan")', 'float("inf")', '[{"deep": -float("inf")}]'])(
    'with %s is told what JSON does not have, and keeps its sandbox',
    async (value) => {
      await session.value('kept = 1');
      expect(await session.value(`run_composio_tool("A_TOOL", {"n": ${value}})[1]`)).toContain('NaN');
      expect(await session.value('kept')).toBe('1');
    },
  );
});
