import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { runWorkbench, TestSession, type Replica } from './running-workbench.js';

/* The code of a cell is written by an attacker here. Each test is one attempt, and none may succeed. */

let workbench: Awaited<ReturnType<typeof runWorkbench>>;
let replica: Replica;
let neighbour: TestSession;
let session: TestSession;
beforeAll(async () => {
  workbench = await runWorkbench({
    PATCHBAY_WORKBENCH_TIME_LIMIT_SECONDS: '2',
    PATCHBAY_WORKBENCH_DISK_MB: '32',
    PATCHBAY_WORKBENCH_WARM: '2',
  });
  replica = await workbench.start();
  neighbour = workbench.open();
  await neighbour.value(
    'secret = "of the neighbour"\nopen("/home/user/own.txt", "w").write(secret)\nopen("/mnt/files/own.txt", "w").write(secret)',
  );
}, 60_000);
afterAll(() => workbench?.stop());

beforeEach(() => {
  session = workbench.open();
});

/** Whatever was tried: the service and the neighbour go on as before. */
async function othersGoOn(): Promise<void> {
  expect(await neighbour.value('secret, open("/home/user/own.txt").read()')).toBe(
    "('of the neighbour', 'of the neighbour')",
  );
  expect(await workbench.open().value('1 + 1')).toBe('2');
}

/** Runs it and gives what came of it in one text, whichever way it failed. */
async function attempt(code: string): Promise<string> {
  const outcome = await session
    .run(code)
    .catch((error: Error) => ({ result: '', stdout: { text: '' }, error: error.message }));
  return [outcome.result, outcome.stdout.text, outcome.error].join('\n');
}

describe("code in a sandbox cannot reach the host's files", () => {
  it.each(['/etc/shadow', '/etc/hostname', '/root', '/var', '/home/user/../../opt', '/sys', '/run'])(
    'not %s',
    async (path) => {
      expect(await attempt(`import os; os.stat("${path}")`)).toContain('FileNotFoundError');
    },
  );

  it('not by a link, which leads nowhere else inside and is not followed from outside', async () => {
    const outcome = await session.run(
      'import os\nos.symlink("/etc/shadow", "/mnt/files/link.txt")\nos.symlink("/", "/mnt/files/root")\nos.path.exists("/mnt/files/link.txt")',
    );
    expect(outcome).toMatchObject({ error: null, result: 'False' });
    expect(existsSync(`${workbench.folder}/kept/projects/${session.projectId}`)).toBe(false);
  });

  it('not by writing to the system, to its root or to its devices', async () => {
    for (const path of ['/usr/x', '/x', '/dev/x', '/etc/x', '/bin/x', '/proc/sys/kernel/core_pattern']) {
      expect(await attempt(`open("${path}", "w").write("x")`)).toMatch(/Read-only|PermissionError/);
    }
  });

  it('not by mounting, new namespaces, or another root', async () => {
    const commands = ['unshare -Ur id', 'mount -t tmpfs x /tmp', 'chroot / id', 'nsenter -t 1 -a id'];
    for (const command of commands) expect((await session.bash(command)).exitCode).not.toBe(0);
  });

  it('not by a device, nor through the rights of a program', async () => {
    expect((await session.bash('mknod /tmp/disk b 254 0 || mknod /tmp/mem c 1 1')).exitCode).not.toBe(0);
    expect(await session.value('open("/proc/self/status").read().count("CapEff:\\t0000000000000000")')).toBe(
      '1',
    );
    expect(await session.value('open("/proc/self/status").read().count("NoNewPrivs:\\t1")')).toBe('1');
    expect(await session.value('open("/proc/self/status").read().count("Seccomp:\\t2")')).toBe('1');
  });
});

describe("code in a sandbox cannot see the host's processes and environment", () => {
  it('not in /proc, where only its own sandbox is', async () => {
    const pids = await session.value('import os; sorted(int(p) for p in os.listdir("/proc") if p.isdigit())');
    expect((JSON.parse(pids) as number[]).length).toBeLessThan(6);
    const names = await session.bash('cat /proc/[0-9]*/cmdline | tr "\\\\0" " "');
    expect(names.stdout.text).not.toMatch(/node|postgres|nats-server/);
  });

  it('not in what the kernel tells of itself and of the host', async () => {
    const files = ['kallsyms', 'keys', 'cmdline', 'kcore', 'timer_list', 'modules', 'interrupts'];
    const look = `import os\nread = []\nfor name in ${JSON.stringify(files)}:\n  try: read.append(open(f"/proc/{name}").read(1))\n  except OSError: pass\nread, [f for n in ("acpi", "bus", "driver", "fs", "irq", "tty") if os.path.exists(f"/proc/{n}") for f in os.listdir(f"/proc/{n}")]`;
    expect(await session.value(look)).toBe('([], [])');
    expect(
      await session.value('os.path.exists("/proc/cpuinfo") and "MemTotal" in open("/proc/meminfo").read()'),
    ).toBe('True');
  });

  it('not as variables: no setting and no secret of the service is among them', async () => {
    const text = await session.value(
      'import os; "\\n".join([*os.environ, open("/proc/self/environ").read()])',
    );
    expect(await attempt('open("/proc/1/environ").read()')).toContain('PermissionError');
    expect(text).not.toMatch(/DATABASE|NATS|PATCHBAY|SECRET|KEY/);
  });

  it('not by signals, which reach no process outside', async () => {
    await attempt('import os\nfor pid in range(3, 70000):\n  try: os.kill(pid, 9)\n  except OSError: pass');
    await othersGoOn();
  });

  it('not by living on after its service, whose end is a signal to it', async () => {
    const ask = 'import ctypes, os\nc = ctypes.CDLL(None, use_errno=True)\nc.prctl(1, 0), ctypes.get_errno()';
    expect(await session.value(ask)).toBe('(-1, 1)');
  });
});

describe('code in a sandbox cannot open a network connection', () => {
  it('not to a server on the host, as NATS and Postgres are', async () => {
    const server = createServer(() => {
      throw new Error('an attempt succeeded');
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '0.0.0.0', resolve);
    });
    const { port } = server.address() as AddressInfo;
    for (const host of ['127.0.0.1', '0.0.0.0', 'localhost', '::1']) {
      expect(await attempt(`import socket; socket.create_connection(("${host}", ${port}), 1)`)).toMatch(
        /Error|gaierror/,
      );
    }
    server.close();
  });

  it('not to anywhere else, and with no kind of socket that knows no networks', async () => {
    expect(await attempt('import socket; socket.create_connection(("1.1.1.1", 53), 1)')).toContain(
      'unreachable',
    );
    for (const family of ['AF_VSOCK', 'AF_NETLINK', 'AF_PACKET', 'AF_ALG']) {
      expect(await attempt(`import socket; socket.socket(socket.${family}, socket.SOCK_RAW)`)).toMatch(
        /not supported/,
      );
    }
  });

  it('not over a socket of the host or of another sandbox, by name or by number', async () => {
    const abstract = 'import socket; s = socket.socket(socket.AF_UNIX)\n';
    expect(await attempt(`${abstract}s.connect("\\0/tmp/.X11-unix/X0")`)).toContain('refused');
    expect(await attempt(`${abstract}s.connect("/var/run/docker.sock")`)).toContain('No such file');
  });
});

describe("code in a sandbox cannot be another session's", () => {
  it('not by its files', async () => {
    expect(await session.value('import os; os.listdir("/home/user"), os.listdir("/mnt")')).toBe(
      "([], ['files'])",
    );
    expect(await session.value('import os; os.path.exists("/mnt/files/own.txt")')).toBe('False');
  });

  it('not by its key, which it never has', async () => {
    await session.value('run_composio_tool("A_TOOL", {}, print_schema_for_tool=False)[1]');
    const key = String(workbench.gateway.seen.at(-1)?.headers['x-workbench-access-key']);
    expect(key.length).toBeGreaterThan(30);
    // Looked for everywhere that the code could look itself.
    const search = [
      'import os, re',
      'found = 0',
      `parts = ${JSON.stringify([key.slice(0, 20), key.slice(20)])}`,
      'needle = parts[0].encode() + parts[1].encode()',
      'for pid in [p for p in os.listdir("/proc") if p.isdigit() and p != str(os.getpid())]:',
      '    try:',
      '        with open(f"/proc/{pid}/mem", "rb") as memory:',
      '            for line in open(f"/proc/{pid}/maps"):',
      '                begin, end = (int(x, 16) for x in line.split()[0].split("-"))',
      '                if " r" not in line[:40] or end - begin > 2**26: continue',
      '                try:',
      '                    memory.seek(begin)',
      '                    found += memory.read(end - begin).count(needle)',
      '                except (OSError, ValueError, OverflowError): pass',
      '    except OSError: pass',
      'found',
    ].join('\n');
    expect(await session.value(search)).toBe('0');
  });

  it('not by asking a helper for it: its calls go to its own session whatever they say', async () => {
    await session.value(
      `from helpers import ask\nask("run_tool", tool_slug="A_TOOL", arguments={}, account=None, session_id="${neighbour.id}")`,
    );
    await session.value(
      'from helpers import ask\nask("run_tool", tool_slug="A_TOOL", arguments={}, account=None)',
    );
    const last = workbench.gateway.seen.filter(({ url }) => url.includes(neighbour.id));
    expect(last).toEqual([]);
    expect(
      await session.value(`from helpers import ask\nask("publish", path="/mnt/files/../../etc/shadow")[1]`),
    ).toContain('not a file under');
    expect(await session.value(`from helpers import ask\nask("nonsense", x=1)[1]`)).toContain('no helper');
  });
});

describe('code in a sandbox cannot become its agent', () => {
  const LIBC =
    'import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\nagent = os.getppid()\nthrough = []\n';
  const TRY = (name: string, work: string) =>
    `try:\n  ${work}\n  through.append("${name}")\nexcept OSError: pass\n`;

  it('not by its memory, its descriptors, or what else /proc has of it', async () => {
    const ways = [
      ...['mem', 'maps', 'environ', 'auxv', 'syscall', 'stack', 'pagemap'].map((name) =>
        TRY(name, `open(f"/proc/{agent}/${name}", "rb").read(1)`),
      ),
      TRY('mem for writing', 'open(f"/proc/{agent}/mem", "r+b")'),
      TRY('mem of a thread', 'open(f"/proc/{agent}/task/{agent}/mem", "r+b")'),
      TRY('descriptors', 'os.listdir(f"/proc/{agent}/fd")'),
      TRY('a descriptor', 'open(f"/proc/{agent}/fd/1", "wb")'),
      TRY('its root', 'os.listdir(f"/proc/{agent}/root")'),
      TRY('its score', 'open(f"/proc/{agent}/oom_score_adj", "w").write("1000")'),
    ];
    expect(await session.value(`${LIBC}${ways.join('')}through`)).toBe('[]');
  });

  it('not by system calls, also not from a command', async () => {
    const calls = [
      'libc.ptrace(16, agent, 0, 0)',
      'libc.process_vm_readv(agent, b"x" * 16, 1, b"x" * 16, 1, 0)',
      'libc.process_vm_writev(agent, b"x" * 16, 1, b"x" * 16, 1, 0)',
      'libc.syscall(438, os.pidfd_open(agent), 1, 0)',
      'libc.prlimit(agent, 7, bytes(16), None)',
    ];
    const text = await session.value(`${LIBC}[(${calls.join(', ')}), ctypes.get_errno()]`);
    expect(text).toBe('[(-1, -1, -1, -1, -1), 1]');
    const { stdout } = await session.bash(
      'ls /proc/$PPID/fd /proc/1/fd 2>&1; cat /proc/1/maps 2>&1 | head -1',
    );
    expect(stdout.text.match(/Permission denied/g)).toHaveLength(3);
  });

  it('not by what a child inherits: neither its descriptors nor its memory being hidden', async () => {
    const look =
      'import os; sorted(os.readlink(f"/proc/self/fd/{fd}").split(":")[0] for fd in os.listdir("/proc/self/fd") if os.path.lexists(f"/proc/self/fd/{fd}"))';
    expect(await session.value(look)).toBe("['/dev/null', 'pipe', 'pipe', 'socket']");
    expect((await session.bash('ls /proc/self/fd | wc -l')).stdout.text).toBe('4\n');
    expect(await session.value('len(open("/proc/self/maps").read()) > 100')).toBe('True');
  });

  it('not by ending it: it is the first process, and sees off what others leave', async () => {
    await session.value('kept = 5');
    await attempt('import os\nfor number in (9, 19, 15, 11): os.kill(1, number)');
    expect(await session.value('kept')).toBe('5');
    await session.bash('for i in $(seq 200); do (setsid true &) ; done');
    await eventually(async () => {
      const states =
        'import glob; sum("State:\\tZ" in open(path).read() for path in glob.glob("/proc/[0-9]*/status"))';
      expect(await session.value(states)).toBe('0');
    });
  });
});

describe('code in a sandbox cannot use up the host', () => {
  it('not with a fork bomb', async () => {
    expect(await attempt('import os\nwhile True:\n  try: os.fork()\n  except OSError: pass')).toMatch(
      /longer than|restarted/,
    );
    // What the first one left may stand in the second one's way: then it is refused with the reason.
    const second = session.bash(':(){ :|:& };:').then(() => 'ended');
    expect(await second.catch((error: Error) => error.message)).toMatch(/^ended$|too many processes/);
    await othersGoOn();
    expect(await session.value('2 + 2')).toBe('4');
  });

  it('not with a memory bomb, in one process or in many', async () => {
    expect(await attempt('x = bytearray(2 ** 31)')).toContain('MemoryError');
    const many =
      'import os, time\nfor i in range(20):\n  if os.fork() == 0:\n    x = bytearray(2 ** 28); time.sleep(1); os._exit(0)\nend = []\nfor i in range(20): end.append(os.wait()[1])\nmax(end)';
    expect(await attempt(many)).not.toMatch(/^0\n/);
    await othersGoOn();
  });

  it('not with a full disk: home, mount and temporary files have an end each', async () => {
    for (const folder of ['/home/user', '/mnt/files', '/tmp', '/dev/shm']) {
      expect(await attempt(`open("${folder}/big", "wb").write(bytes(2 ** 26))`)).toMatch(
        /No space left|too large/,
      );
      await session.bash(`rm -f ${folder}/big`);
    }
    await othersGoOn();
  });

  it('not with a flood of output', async () => {
    const outcome = await session.bash('yes "a flood" & yes "another" >&2 & wait');
    expect(outcome.stdout.text).toHaveLength(40_000);
    expect(outcome.error).toContain('longer than');
    await othersGoOn();
  });

  it('not with a process that ignores signals', async () => {
    const stubborn =
      'import signal\nfor s in (signal.SIGINT, signal.SIGTERM): signal.signal(s, signal.SIG_IGN)\nwhile True: pass';
    expect(await attempt(stubborn)).toMatch(/did not stop when it was told to/);
    expect(await session.value('3 * 3')).toBe('9');
  });

  it('not by going on after its sandbox was ended', async () => {
    await session.bash('setsid nohup sleep 98765 >/dev/null 2>&1 &');
    await eventually(() => expect(sleepers()).toHaveLength(1));
    await replica.workspaces.endSession(session.projectId, session.id);
    await eventually(() => expect(sleepers()).toEqual([]));
  });
});

/** Processes on the host that only this file starts. */
function sleepers(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('sleep\x0098765');
      } catch {
        return false;
      }
    });
}
