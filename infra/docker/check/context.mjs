import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Copies what `docker build` would be sent: the folder without what its .dockerignore leaves out. */
export function copyContext(from, to) {
  const isIgnored = dockerignore(readFileSync(join(from, '.dockerignore'), 'utf8'));
  const copy = (folder) => {
    for (const entry of readdirSync(join(from, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      // Never looked into, as it may be large; a pattern that takes something in it back would be missed.
      if (entry.name === 'node_modules' || path === '.git') continue;
      if (entry.isDirectory()) copy(path);
      else if (!isIgnored(path)) cpSync(join(from, path), join(to, path), { verbatimSymlinks: true });
    }
  };
  copy('.');
}

/** The last pattern that matches a path or a folder above it decides. */
export function dockerignore(text) {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => ({ takesBack: line.startsWith('!'), pattern: expression(line.replace(/^!/, '')) }));
  return (path) => rules.reduce((is, rule) => (rule.pattern.test(path) ? !rule.takesBack : is), false);
}

function expression(pattern) {
  if (/[?[\]\\]/.test(pattern)) throw new Error(`.dockerignore: this check does not know ${pattern}`);
  const source = pattern
    .replace(/[.+^${}()|]/g, '\\$&')
    .replace(/\*\*\/|\*\*|\*/g, (star) => ({ '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*' })[star]);
  return new RegExp(`^${source}(?:/|$)`);
}
