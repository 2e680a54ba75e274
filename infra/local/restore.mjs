// `npm run restore`, once `prepare.mjs` is done.
import { build } from './build.mjs';
import { createTerminal, explain } from './terminal.mjs';

const terminal = createTerminal();
try {
  await build(terminal);
  const { restore } = await import('./dist/index.js');
  // npm changes into the repository, and says where it was called.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  process.stdout.write(await restore(process.env, process.argv.slice(2), cwd));
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
