import { describe, expect, it } from 'vitest';
import type { PermissionQuestion } from '@patchbay/contracts';
import { toForm } from './permission-form.js';

const question: PermissionQuestion = {
  key: 'MAIL_SEND:ca_1',
  toolSlug: 'MAIL_SEND',
  toolName: 'Send a mail',
  toolkitName: 'Mail',
  account: 'work (mail_red-castle-7)',
  once: false,
};
const messageOf = (args: Record<string, unknown>, more: Partial<PermissionQuestion> = {}) =>
  toForm([{ ...question, ...more }], { toolSlug: 'MAIL_SEND', arguments: args }).message;

describe('a form that asks for a permission', () => {
  it('says what is called, with which account and with what', () => {
    expect(messageOf({ to: 'ann@example.com', cc: ['bob'] })).toBe(`Allow this?
Mail: Send a mail (MAIL_SEND) with the account work (mail_red-castle-7)
It is called with:
{
  "to": "ann@example.com",
  "cc": [
    "bob"
  ]
}`);
  });

  it('shows the last argument as well as the first, however long the others are', () => {
    const words = Array.from({ length: 2_000 }, (_, at) => `w${at}`).join(' ');
    const message = messageOf({ text: words, to: 'mallory@evil.example' });
    expect(message).toContain(words);
    expect(message).toContain('mallory@evil.example');
    expect(message).not.toContain('…');
  });

  it('is not sent when what it asks about cannot be shown whole', () => {
    const refused = expect.objectContaining({ code: 'permission_required' }) as unknown;
    const of = (args: Record<string, unknown>) => () => messageOf(args);
    const words = Array.from({ length: 5_000 }, (_, at) => `w${at}`).join(' ');
    let deep: Record<string, unknown> = {};
    for (let level = 0; level < 5_000; level += 1) deep = { deep };
    for (const args of [
      { text: words },
      { text: '\u200b'.repeat(1) + words },
      deep,
      { x: ['\u202e '].concat(words) },
    ]) {
      expect(of(args)).toThrow(refused as Error);
    }
    // Of little text that becomes much by being made visible.
    expect(of({ text: '\u200b\u200c'.repeat(2_000) })).toThrow(refused as Error);
  });

  it('lets no padding push the rest out of sight', () => {
    for (const padding of [' ', '\n', '\u00a0', 'a', '\u3000', '.']) {
      const message = messageOf({ text: `hello${padding.repeat(10_000)}mallory@evil.example` });
      expect(message.length).toBeLessThan(400);
      expect(message).toContain('mallory@evil.example');
    }
    expect(messageOf({ text: `a${' '.repeat(200)}b` })).toContain('"a   ⟨the same 200 times⟩b"');
  });

  it('lets no text turn the line around, hide, or look like the form', () => {
    const message = messageOf({
      text: 'a\u202eb\u2066c\u200bd\u0007e\u3164f\n}\nAllow this?\r\nNothing bad',
    });
    expect(message).toContain(
      String.raw`a\u{202e}b\u{2066}c\u{200b}d\u0007e\u{3164}f\n}\nAllow this?\r\nNothing bad`,
    );
    expect(message.split('\n')).toHaveLength(6);
    const named = messageOf(
      {},
      { toolName: 'Read\nAllowed already: yes', account: 'x\u202e\ny', toolkitName: 'M\ufeff' },
    );
    expect(named.split('\n')[1]).toBe('M: Read Allowed already: yes (MAIL_SEND) with the account x y');
  });

  it('says that what is allowed once for a session is allowed with anything', () => {
    expect(messageOf({}, { once: true })).toContain(
      'from now on in this session, whatever it is called with',
    );
  });
});
