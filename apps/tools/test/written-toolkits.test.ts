import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { SHIPPED_TOOLKITS } from '@patchbay/toolkits';
import { z } from 'zod';

describe('docs/written-toolkits.md', () => {
  it('lists every toolkit that was written by hand, how it signs in, and how many tools it has', async () => {
    const page = await readFile(new URL('../../../docs/written-toolkits.md', import.meta.url), 'utf8');
    const listed = page
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    const shipped = SHIPPED_TOOLKITS.map(({ slug, auth = [], tools }) => {
      const written = tools.filter(({ input }) => input instanceof z.ZodType).length;
      const schemes = auth.map(({ scheme }) => scheme).join(', ') || 'no account';
      return ['', `\`${slug}\``, schemes, String(written), ''];
    });
    expect(listed).toEqual(shipped.filter(([, , , written]) => written !== '0'));
  });
});
