import { describe, expect, it } from 'vitest';
import { callFileKey, filenameOf, mayRead, mountFolder } from './keys.js';

const about = { projectId: 'proj_a', toolkit: 'gmail', toolSlug: 'GMAIL_SEND_EMAIL' };

describe('the key of a file of a call', () => {
  it('names project, toolkit, tool and file, and is another one each time', () => {
    const key = callFileKey({ ...about, filename: 'Résumé 2026.pdf' });
    expect(key).toMatch(/^projects\/proj_a\/requests\/gmail\/GMAIL_SEND_EMAIL\/[\w-]{16}_Résumé_2026\.pdf$/);
    expect(callFileKey({ ...about, filename: 'Résumé 2026.pdf' })).not.toBe(key);
    expect(filenameOf(key)).toBe('Résumé_2026.pdf');
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\a.txt', 'a.txt'],
    ['..', 'file'],
    ['', 'file'],
    ['.env', 'env'],
    [`${'x'.repeat(300)}.txt`, `${'x'.repeat(116)}.txt`],
  ])('makes of the name %j the name %j', (filename, name) => {
    expect(filenameOf(callFileKey({ ...about, filename }))).toBe(name);
  });
});

describe('who may read a file', () => {
  const key = callFileKey({ ...about, filename: 'a' });
  const mounted = `${mountFolder('proj_a', 'trs_1')}a/b.txt`;

  it.each([
    ['its project', key, 'proj_a', undefined, true],
    ['another project', key, 'proj_b', undefined, false],
    ['a project whose name begins alike', key, 'proj_', undefined, false],
    ['its session', mounted, 'proj_a', 'trs_1', true],
    ['another session', mounted, 'proj_a', 'trs_2', false],
    ['a call without a session', mounted, 'proj_a', undefined, false],
    ['another project by the name of the session', mounted, 'proj_b', 'trs_1', false],
  ])('%s', (_, of, projectId, sessionId, expected) => {
    expect(mayRead(of, { projectId, sessionId })).toBe(expected);
  });
});
