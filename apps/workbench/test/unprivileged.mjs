// A service that is not root: makes two sandboxes, lets one of them misbehave, and says what came of it as JSON.
import { CellAnswer } from '../dist/agent/answers.js';
import { workbenchConfig } from '../dist/config.js';
import { BubblewrapDriver } from '../dist/sandbox/bubblewrap/bubblewrap.driver.js';
import { SandboxStarter } from '../dist/workspaces/sandbox.starter.js';

const LIMIT_MS = 20_000;
const config = workbenchConfig.parse({
  DATABASE_URL: 'postgres://nobody@localhost/none',
  PATCHBAY_FILES_SECRET: 'a secret of this test',
  PATCHBAY_WORKBENCH_DISK_MB: '16',
});
// What it needs of its own files is read by now; they may lie where no other user may read.
if (process.getuid() === 0) {
  process.setgroups([]);
  process.setgid(65_534);
  process.setuid(65_534);
}
const { PATCHBAY_WORKBENCH_PYTHON: python, PATCHBAY_WORKBENCH_CGROUP: cgroupRoot } = config;
const driver = new BubblewrapDriver({ python, cgroupRoot, path: process.env.PATH });
const run = async (agent, code) => {
  const given = { code, limitMs: 3_000 };
  const answer = await agent
    .request('cell', given, CellAnswer, LIMIT_MS)
    .catch((error) => ({ error: error.message }));
  return answer.result || answer.error || answer.ended;
};

const status = await driver.check();
await driver.tidy();
const starter = new SandboxStarter(config, driver);
const [bad, good] = await Promise.all([starter.start('standard'), starter.start('standard')]);
const said = { uid: process.getuid(), status };
said.cell = await run(bad, '6 * 7');
said.processes = await run(
  bad,
  'import os, time\npids = []\ntry:\n  while True:\n    pid = os.fork()\n    if pid == 0: time.sleep(60); os._exit(0)\n    pids.append(pid)\nexcept OSError: pass\nfor pid in pids: os.kill(pid, 9), os.waitpid(pid, 0)\nlen(pids) < 64',
);
said.neighbour = await run(
  good,
  'import subprocess; subprocess.run(["echo", "well"], capture_output=True).stdout',
);
said.memory = await run(
  bad,
  'import os, time\nfor i in range(3):\n  if os.fork() == 0:\n    x = bytearray(500 * 2**20); time.sleep(60)\ntime.sleep(60)',
);
said.after = await run(good, '1 + 1');

// Smaller ones, in which only the sum is limited: what a process may have by itself is as before.
const SMALL = 200 * 1024 ** 2;
const small = new SandboxStarter(config, {
  start: (limits, program) => driver.start({ ...limits, memoryBytes: SMALL }, program),
});
const GROW =
  'import mmap, os, threading, time\ndef grow():\n  x = bytearray(120 * 2**20); time.sleep(60); os._exit(0)\n';
const ways = {
  threads: `${GROW}def fork():\n  if os.fork() == 0: grow()\n  time.sleep(60)\nfor _ in range(3): threading.Thread(target=fork).start()\ntime.sleep(60)`,
  daemons: `${GROW}for _ in range(3):\n  if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0: grow()\n    os._exit(0)\ntime.sleep(60)`,
  shared: `${GROW}shared = mmap.mmap(-1, 300 * 2**20)\nfor at in range(0, len(shared), 4096): shared[at] = 1\ntime.sleep(60)`,
  files: `${GROW}for folder in ("/home/user", "/mnt/files", "/tmp", "/dev/shm"): open(f"{folder}/f", "wb").write(bytes(15 * 2**20))\nx = bytearray(150 * 2**20)\ntime.sleep(60)`,
  forks: `${GROW}x = bytearray(b"x" * (70 * 2**20))\npids = []\nfor _ in range(5):\n  pid = os.fork()\n  if pid == 0: time.sleep(1); os._exit(0)\n  pids.append(pid)\n[os.waitpid(pid, 0)[1] for pid in pids]`,
};
const attempts = Object.entries(ways).map(async ([name, code]) => {
  const agent = await small.start('standard');
  said[name] = await run(agent, code);
  await agent.sandbox.stop();
});
const all = Promise.all(attempts).then(() => true);
said.meanwhile = [];
while (!(await Promise.race([all, run(good, '2 + 2').then((value) => void said.meanwhile.push(value))])));
await Promise.all([bad, good].map(({ sandbox }) => sandbox.stop()));
said.meanwhile = [...new Set(said.meanwhile)];
console.log(JSON.stringify(said));
