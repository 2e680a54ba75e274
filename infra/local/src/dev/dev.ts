import { join } from 'node:path';
import { Refusal, requireFreePort } from '../../preflight.mjs';
import { root } from '../config.js';
import type { Platform } from '../platform.js';
import { serviceNames, type ServiceName } from '../services.js';
import { start, type StartOptions } from '../start.js';
import { Changes } from './changes.js';
import { Compiler } from './compiler.js';
import { LogView } from './log-view.js';
import { Reloader, type ReloadedService } from './reloader.js';
import { Workspaces } from './workspaces.js';

/** The first service's debugger; 9229 is left to whatever else is debugged on this machine. */
const FIRST_DEBUG_PORT = 9230;

/**
 * What `npm run dev` does once everything is built: `npm start` with debugger ports, logs on the terminal, and a reload
 * of what is saved. Gives the exit code.
 * @throws Refusal when a debugger port is taken or is none
 */
export async function develop(options: StartOptions & { colour: boolean }): Promise<number> {
  const { env, terminal, colour } = options;
  const debugPort = debugPorts(env);
  for (const name of serviceNames) await requireDebugPort(name, debugPort(name));
  return start({
    ...options,
    // A developer's last requests need no waiting; the shortest time that the settings allow.
    env: { ...env, PATCHBAY_STOP_SECONDS: env.PATCHBAY_STOP_SECONDS || '6' },
    debugPort,
    whileRunning: (platform) => reloadOnChange(platform, debugPort, terminal.write, colour),
  });
}

async function reloadOnChange(
  platform: Platform,
  debugPort: (name: ServiceName) => number,
  write: (text: string) => void,
  colour: boolean,
): Promise<() => Promise<void>> {
  // A service that crashes is mended by its next change, not by trying again.
  platform.restartPolicy.enabled = false;
  const logs = serviceNames.map((name) => ({ name, path: join(platform.home, 'logs', `${name}.log`) }));
  const view = new LogView(logs, write, colour);
  const workspaces = new Workspaces(root);
  const reloader = new Reloader({
    workspaces,
    compiler: new Compiler(root),
    services: new Map(serviceNames.map((name) => [`apps/${name}`, reloaded(platform, name)])),
    migrate: () => platform.migrate(),
    say: (text) => write(`${text.replace(/^/gm, 'dev | ')}\n`),
  });
  const changes = await Changes.watch(workspaces, (files) => void reloader.changed(files));
  const ports = serviceNames.map((name) => `${name} ${debugPort(name)}`).join(', ');
  write(
    `Debuggers  ${ports}\nWatching apps/ and libs/: what you save is compiled, and its services restart.\n\n`,
  );
  return async () => {
    await changes.close();
    await reloader.stop();
    view.close();
  };
}

function reloaded(platform: Platform, name: ServiceName): ReloadedService {
  return {
    stop: () => platform.services[name].stop(),
    start: () => platform.services[name].start(),
    untilReady: () => platform.untilServiceReady(name),
  };
}

function debugPorts(env: NodeJS.ProcessEnv): (name: ServiceName) => number {
  const first = Number(env.PATCHBAY_DEBUG_PORT || FIRST_DEBUG_PORT);
  if (!Number.isInteger(first) || first < 1024 || first + serviceNames.length > 65_536) {
    throw new Refusal(
      'PATCHBAY_DEBUG_PORT must be a port from which seven are free.',
      `For example:\n  PATCHBAY_DEBUG_PORT=${FIRST_DEBUG_PORT}`,
    );
  }
  return (name) => first + serviceNames.indexOf(name);
}

/** Node would go on without its debugger, and say so only in the log. */
async function requireDebugPort(name: ServiceName, port: number): Promise<void> {
  await requireFreePort('127.0.0.1', port).catch((cause: unknown) => {
    throw new Refusal(
      `Port ${port}, for the debugger of ${name}, is in use.`,
      'Stop what has it, or choose seven others: PATCHBAY_DEBUG_PORT=9330 npm run dev',
      { cause },
    );
  });
}
