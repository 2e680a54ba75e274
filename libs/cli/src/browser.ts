import { spawn } from 'node:child_process';

/** Shows a page where there is a screen to show it on. Its address was printed: that none is opened is no failure. */
export function openInBrowser(address: string, env: NodeJS.ProcessEnv): void {
  const command = opener(env);
  if (!command) return;
  const child = spawn(command, [address], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

function opener(env: NodeJS.ProcessEnv): string | undefined {
  if (process.platform === 'darwin') return 'open';
  const hasScreen = Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']) && !env['SSH_CONNECTION'];
  return hasScreen ? 'xdg-open' : undefined;
}
