import { describe, expect, it, vi } from 'vitest';
import { OutboundClient, type CallRecorder } from '@patchbay/service';
import type { InstalledToolkit } from '@patchbay/toolkits';
import type { CallCredentials } from '../credentials/index.js';
import type { FilesService } from '../files/index.js';
import { CallSlots } from './call-slots.js';
import { CallPipeline } from './call.pipeline.js';
import type { Call } from './call.js';
import type { ToolResult } from './tool-result.js';

/** Calls whose provider answers when it is told to. */
function slowCalls(all: number, ofOne: number) {
  const begin = vi.fn<CallRecorder['begin']>().mockResolvedValue(undefined);
  const recorder = {
    describe: () => ({ logId: 'log' }),
    begin,
    end: async () => undefined,
  } as unknown as CallRecorder;
  const calls = new CallPipeline(
    recorder,
    { open: async () => undefined } as unknown as CallCredentials,
    {} as FilesService,
    new OutboundClient([]),
    new CallSlots({ PATCHBAY_TOOLS_CALLS: all, PATCHBAY_TOOLS_PROJECT_CALLS: ofOne }),
  );
  const open: ((error?: Error) => void)[] = [];
  const perform = (projectId: string) =>
    calls
      .run({ projectId, session: {}, origin: {} } as unknown as Call, {
        resolve: async () => ({ toolkit: {} as InstalledToolkit, toolSlug: 'SLOW' }),
        requireScope: () => undefined,
        send: () =>
          new Promise<ToolResult>((resolve, reject) => {
            open.push((error) =>
              error ? reject(error) : resolve({ successful: true, data: {}, error: null }),
            );
          }),
        present: async (result) => ({ result, answer: result }),
      })
      .then(({ answer }) => answer);
  const tick = () => new Promise((resolve) => setImmediate(resolve));
  return { begin, open, perform, tick };
}

describe('calls in progress', () => {
  it('are limited by project: those beyond the limit are not even begun, and others go on', async () => {
    const { begin, open, perform, tick } = slowCalls(100, 3);
    const slow = [1, 2, 3].map(() => perform('loud'));
    await tick();
    await expect(perform('loud')).rejects.toMatchObject({
      code: 'rate_limited',
      retryable: true,
      retryAfter: 1,
    });
    expect(begin).toHaveBeenCalledTimes(3);
    const neighbour = perform('quiet');
    await tick();
    for (const answer of open) answer();
    await expect(neighbour).resolves.toMatchObject({ successful: true });
    await Promise.all(slow);
  });

  it('release their slot also when they fail', async () => {
    const { open, perform, tick } = slowCalls(100, 1);
    const failing = perform('a');
    await tick();
    open[0]?.(new Error('Broken.'));
    await expect(failing).rejects.toThrow('Broken.');
    const next = perform('a');
    await tick();
    open[1]?.();
    await expect(next).resolves.toMatchObject({ successful: true });
  });

  it('are refused as an outage when there is no slot for any project', async () => {
    const { open, perform, tick } = slowCalls(2, 0);
    const both = [perform('a'), perform('b')];
    await tick();
    await expect(perform('c')).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    for (const answer of open) answer();
    await Promise.all(both);
  });
});
