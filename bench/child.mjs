// Both ends of a process of the bench's own: a server or the load generator, asked over the IPC channel.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Starts one of our files as a process.
 * @param {string} file beside this one
 * @param {string[]} [args]
 * @returns {Promise<{ pid: number, url?: string, ask(question: object): Promise<any>, stop(): Promise<void> }>}
 */
export async function startChild(file, args = []) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  // A group of its own: a Ctrl-C reaches only us, who stop everything in order.
  const child = fork(path, args, { detached: true });
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`${file} ended (${signal ?? `exit code ${code}`})`);
  });
  ended.catch(() => {});
  const next = async () => (await Promise.race([once(child, 'message'), ended]))[0];
  const { url } = await next();
  return {
    pid: child.pid,
    url,
    ask(question) {
      child.send(question);
      return next();
    },
    async stop() {
      child.kill();
      await ended.catch(() => {});
    },
  };
}

/** In the child: answers each question of the parent. */
export function onQuestion(answer) {
  process.on('message', (question) => void Promise.resolve(answer(question)).then(tell));
}

/** In the child: listens on a free port and tells the parent where. */
export async function listenAndTell(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  tell({ url: `http://127.0.0.1:${server.address().port}` });
}

/** In the child: the first thing that is told says that it is ready. It ends with its parent, however that one ended. */
export function tell(message) {
  if (process.listenerCount('disconnect') === 0) process.on('disconnect', () => process.exit());
  process.send(message);
}
