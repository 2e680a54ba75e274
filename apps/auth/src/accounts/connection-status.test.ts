import { describe, expect, it } from 'vitest';
import { ConnectionStatus } from '@patchbay/contracts';
import { INITIATION_LIMIT_MS, isPending, statusNow } from './connection-status.js';

const createdAt = new Date('2026-01-01T12:00:00.000Z');
const after = (ms: number) => new Date(createdAt.getTime() + ms);

describe('statusNow', () => {
  it.each(['INITIALIZING', 'INITIATED'] as const)(
    'shows %s as expired once its ten minutes are over',
    (status) => {
      const row = { status, statusReason: null, createdAt };
      expect(statusNow(row, after(INITIATION_LIMIT_MS))).toEqual({ status, statusReason: null });
      expect(statusNow(row, after(INITIATION_LIMIT_MS + 1))).toEqual({
        status: 'EXPIRED',
        statusReason: 'Connection initiation was not completed in 10 minutes',
      });
    },
  );

  it.each(ConnectionStatus.options.filter((status) => !isPending(status)))(
    'shows %s for ever, with its reason',
    (status) => {
      const row = { status, statusReason: 'because', createdAt };
      expect(statusNow(row, after(365 * 24 * 3_600_000))).toEqual({ status, statusReason: 'because' });
    },
  );
});
