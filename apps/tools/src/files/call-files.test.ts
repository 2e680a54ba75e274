import { describe, expect, it } from 'vitest';
import type { OutboundClient } from '@patchbay/service';
import { ToolFailure } from '@patchbay/toolkits';
import type { FilesService } from './files.service.js';
import { CallFiles } from './call-files.js';

const bytes = Buffer.from('PDF');
const storage = { read: async () => ({ name: 'Q3_report_final_.pdf', bytes }) };
const elsewhere = {
  send: async () => ({ status: 200, headers: { 'content-type': 'application/octet-stream' }, body: bytes }),
};
const files = new CallFiles(
  storage as unknown as FilesService,
  elsewhere as unknown as OutboundClient,
  { projectId: 'proj_1', toolkit: 'gmail', toolSlug: 'GMAIL_SEND_EMAIL' },
  { deadline: Infinity },
);

describe('a file that a tool is given', () => {
  const KEYS = [
    'projects/proj_1/requests/gmail/GMAIL_SEND_EMAIL/0123456789abcdef_x',
    'https://files.example/x',
  ];

  it.each([
    ['Q3 report (final).pdf', 'application/pdf'],
    ['a "quoted" name; really.txt', 'text/plain; charset=utf-8'],
    ['Übersicht – 三月.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['.env', 'text/plain'],
    ['no ending', 'application/x-custom+json'],
    ['folder/name.txt', 'text/plain; charset="utf-8"'],
    [`${'x'.repeat(300)}.bin`, 'application/octet-stream'],
    ['e\u0301.txt', 'image/svg+xml'],
  ])('has the name %j and the type %j that its caller gave', async (name, mimetype) => {
    for (const s3key of KEYS) {
      expect(await files.read({ name, mimetype, s3key })).toEqual({ name, mimetype, bytes });
    }
  });

  it.each(['pdf', '', 'application/', 'a/b\r\nx-evil: 1', 'a/b; name="x\ny"', 'é/x'])(
    'is refused in words that help when its type is %j',
    async (mimetype) => {
      const read = files.read({ name: 'a', mimetype, s3key: 'k' });
      await expect(read).rejects.toThrow(ToolFailure);
      await expect(read).rejects.toThrow('is no media type of a file: give one such as application/pdf');
    },
  );
});
