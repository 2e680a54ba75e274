import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { BOOT_PROGRAM } from '../../agent/index.js';
import { BubblewrapDriver } from './bubblewrap.driver.js';

const PYTHON = '/usr/bin/python3';
const LIMITS = { cpus: 1, memoryBytes: 1024 ** 3, diskBytes: 1024 ** 2, processes: 16 };
const OPTIONS = { python: PYTHON, cgroupRoot: '/nonexistent', path: process.env['PATH'] ?? '' };

/** Those whose command has the text in it. */
function processesWith(text: string): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && commandOf(name).includes(text));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

describe('a sandbox', () => {
  it('ends when it is stopped, also where no filter keeps its code from switching that off', async () => {
    const driver = new BubblewrapDriver(OPTIONS);
    Reflect.set(driver, 'filter', undefined);
    const mark = `stubborn-${process.pid}`;
    const sandbox = await driver.start(
      LIMITS,
      `# ${mark}\nimport ctypes, time\nctypes.CDLL(None).prctl(1, 0)\nprint("{}", flush=True)\ntime.sleep(60)`,
    );
    expect(processesWith(mark)).toHaveLength(2);
    await sandbox.stop();
    await eventually(() => expect(processesWith(mark)).toEqual([]));
  });

  it('ends when its service is gone before it was told what to run', () => {
    const { status, signal, stdout } = spawnSync(PYTHON, ['-I', '-u', '-c', BOOT_PROGRAM], {
      input: '{"modules":',
      timeout: 20_000,
    });
    expect({ status, signal, stdout: String(stdout) }).toEqual({ status: 0, signal: null, stdout: '{}\n' });
  });
});
