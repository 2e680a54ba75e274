import { banner } from './banner.js';
import { loadSettings } from './config.js';
import { startPlatform, type Platform } from './platform.js';
import type { OnProgress } from './progress.js';
import type { ServiceName } from './services.js';

export interface StartOptions {
  env: NodeJS.ProcessEnv;
  /** When the command began, for the time that the banner tells. */
  began: number;
  terminal: { show: OnProgress; write: (text: string) => void; bold: (text: string) => string };
  /** Registers what to do when we are asked to stop, by a signal or by the end of npm. */
  onStop: (listener: (signal: NodeJS.Signals) => void) => unknown;
  /** A port of the loopback for each service's debugger; none listens without it. */
  debugPort?: (name: ServiceName) => number;
  /** Goes on beside the running platform, and gives how to end that before the platform is stopped. */
  whileRunning?: (platform: Platform) => Promise<() => Promise<void>>;
}

/** npm hands a Ctrl-C on to us although the terminal already has: the same press arrives twice. */
const SAME_PRESS_MS = 1_000;

/** What `npm start` does once everything is built: starts the platform, waits for a signal, stops it. Gives the exit code. */
export async function start(options: StartOptions): Promise<number> {
  const { env, began, terminal, onStop, debugPort, whileRunning } = options;
  const settings = loadSettings(env);
  const interrupted = new AbortController();
  let platform: Platform | undefined;
  let endBeside: (() => Promise<void>) | undefined;
  let firstAt = 0;

  const stop = () => platform && Promise.resolve(endBeside?.()).then(() => platform?.stop());
  const stopped = new Promise<number>((resolve) => {
    const onSignal = (signal: NodeJS.Signals) => {
      if (firstAt === 0) {
        firstAt = Date.now();
        terminal.write('\n');
        interrupted.abort();
        // Before the start is complete, startPlatform stops what it has begun.
        void stop()?.then(() => resolve(0));
      } else if (signal !== 'SIGHUP' && Date.now() - firstAt > SAME_PRESS_MS) {
        terminal.write('\nKilling everything at once.\n');
        // Without a platform yet, our own end is what ends its processes.
        if (!platform) process.exit(130);
        void platform.kill().then(() => resolve(130));
      }
    };
    onStop(onSignal);
  });

  try {
    platform = await startPlatform({
      home: settings.PATCHBAY_HOME,
      port: settings.PORT,
      env,
      onProgress: terminal.show,
      debugPort,
      signal: interrupted.signal,
    });
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    terminal.write('Everything is stopped.\n');
    return 0;
  }
  // The signal may have come in the very last moment of the start.
  if (interrupted.signal.aborted) {
    await platform.stop();
    terminal.write('Everything is stopped.\n');
    return 0;
  }
  const shown = { platform, consoleUrl: await platform.consoleLink() };
  terminal.write(banner(shown, (Date.now() - began) / 1000, terminal.bold));
  endBeside = await whileRunning?.(platform);
  // Asked to stop in the meantime: what was begun beside the platform ends with it.
  if (interrupted.signal.aborted) await endBeside?.();
  const code = await stopped;
  if (code === 0) terminal.write('Everything is stopped.\n');
  return code;
}
