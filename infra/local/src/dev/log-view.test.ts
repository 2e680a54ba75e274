import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogView } from './log-view.js';

let folder = '';
let shown = '';
let view: LogView;
const log = (name: string) => join(folder, `${name}.log`);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-logs-'));
  shown = '';
  writeFileSync(log('auth'), '{"level":"info","msg":"before"}\n');
  const logs = ['auth', 'gateway'].map((name) => ({ name, path: log(name) }));
  view = new LogView(logs, (text) => (shown += text), false);
});
afterEach(() => {
  view.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the logs on the terminal', () => {
  it('are readable lines with the name of the service, from now on', () => {
    appendFileSync(
      log('auth'),
      '{"level":"warn","time":"2026-01-01T00:00:00.000Z","service":"auth","pid":7,"msg":"late","ms":5}\n',
    );
    appendFileSync(log('gateway'), 'no JSON\n');
    view.flush();
    expect(shown).toMatch(/^auth {4}\| \[\d\d:\d\d:\d\d\.000\] WARN: late \{"ms":5\}\ngateway \| no JSON\n$/);
  });

  it('wait for the end of a line', () => {
    appendFileSync(log('auth'), '{"level":"info",');
    view.flush();
    expect(shown).toBe('');
    appendFileSync(log('auth'), '"msg":"whole"}\n');
    view.flush();
    expect(shown).toContain('whole');
  });

  it('begin again with a file that was put aside', () => {
    writeFileSync(log('auth'), '{"msg":"new"}\n');
    view.flush();
    expect(shown).toContain('new');
  });

  it('do not repeat what a debugger says at each start', () => {
    appendFileSync(
      log('auth'),
      'Debugger listening on ws://127.0.0.1:9230/x\nFor help, see: https://nodejs.org/x\n',
    );
    view.flush();
    expect(shown).toBe('');
  });
});
