#!/usr/bin/env node
// What `npx patchbay` starts. Node's own modules only, and nothing that an old Node cannot read: it also runs where nothing is
// built yet, and says so.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { compileCache, nodeBinary } from '../../../infra/local/node.mjs';
import { Refusal, requireNode } from '../../../infra/local/preflight.mjs';
import { explain } from '../../../infra/local/terminal.mjs';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

try {
  requireNode();
  if (!existsSync(main)) {
    throw new Refusal(
      'The command line is not built yet.',
      'Run `npm start` or `npm run build` first, in the folder of Patchbay.',
    );
  }
  const node = nodeBinary();
  if (node !== process.execPath) runBy(node);
  else {
    module.enableCompileCache(compileCache);
    await import(main);
  }
} catch (error) {
  explain(error);
  process.exitCode = 1;
}

/** The rest is for the Node that the platform runs on. It hears a Ctrl-C itself, as it is of the same group. */
function runBy(node) {
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
