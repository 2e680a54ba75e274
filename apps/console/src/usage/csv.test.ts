import { expect, it } from 'vitest';
import { asCsv } from './csv.js';

it('is a sheet in which no name is taken for a formula', () => {
  const text = asCsv('user_id', [
    { key: '=HYPERLINK("http://x")', event_count: 2, failed_count: 1, duration_ms: 3.4 },
  ]);
  expect(text).toBe('user_id,calls,failed,duration_ms\r\n"\'=HYPERLINK(""http://x"")",2,1,3\r\n');
});
