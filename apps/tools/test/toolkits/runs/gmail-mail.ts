import { storedFiles } from '../../describe-toolkit.js';

export const API = 'https://gmail.googleapis.com/gmail/v1/users/me';
export const PEOPLE = 'https://people.googleapis.com/v1';
export const base64 = (text: string) => Buffer.from(text).toString('base64url');

/** A mail in Gmail's JSON that has each of these lines, whatever its date and boundaries are. */
export const mail = (...lines: (string | RegExp)[]) => ({
  $$typeof: Symbol.for('jest.asymmetricMatcher'),
  asymmetricMatch: (raw: string) => {
    const text = Buffer.from(raw, 'base64url').toString();
    return lines.every((line) => (typeof line === 'string' ? text.includes(line) : line.test(text)));
  },
  toAsymmetricMatcher: () => `mail with ${lines.join(' | ')}`,
});

export const headers = [
  { name: 'From', value: 'Ann <ann@example.com>' },
  { name: 'To', value: 'me@example.com' },
  { name: 'Subject', value: 'Lunch' },
  { name: 'Message-ID', value: '<2@mail>' },
  { name: 'References', value: '<1@mail>' },
];
export const message = {
  id: 'm1',
  threadId: 't1',
  labelIds: ['INBOX'],
  snippet: 'Shall we',
  internalDate: '1764000000000',
  payload: {
    mimeType: 'multipart/mixed',
    headers,
    parts: [
      {
        mimeType: 'multipart/alternative',
        parts: [
          { mimeType: 'text/html', body: { data: base64('<b>Shall we?</b>') } },
          { mimeType: 'text/plain', body: { data: base64('Shall we?') } },
        ],
      },
      { mimeType: 'application/pdf', filename: 'menu.pdf', body: { attachmentId: 'a1', size: 3 } },
    ],
  },
};
export const view = {
  messageId: 'm1',
  threadId: 't1',
  labelIds: ['INBOX'],
  messageTimestamp: '2025-11-24T16:00:00.000Z',
  sender: 'Ann <ann@example.com>',
  to: 'me@example.com',
  subject: 'Lunch',
  messageText: 'Shall we?',
  preview: { subject: 'Lunch', body: 'Shall we' },
  attachmentList: [{ attachmentId: 'a1', filename: 'menu.pdf', mimeType: 'application/pdf', size: 3 }],
};
export const sent = { id: 'm9', threadId: 't9', labelIds: ['SENT'] };
export const lastOfThread = {
  request: `GET ${API}/threads/t1?format=metadata&metadataHeaders=Message-ID&metadataHeaders=References&metadataHeaders=Subject&metadataHeaders=From&metadataHeaders=To`,
  answer: { id: 't1', messages: [{ id: 'm0' }, message] },
};
storedFiles.set('up/1', { name: 'plan.pdf', mimetype: 'application/pdf', bytes: Buffer.from('PDF!') });
