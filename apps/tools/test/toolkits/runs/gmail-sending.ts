import type { Run } from '../../describe-toolkit.js';
import { API, base64, mail, message, sent, lastOfThread } from './gmail-mail.js';

export const sendingRuns: Run[] = [
  {
    tool: 'GMAIL_SEND_EMAIL',
    given: {
      recipient_email: 'ann@example.com',
      extra_recipients: ['bob@example.com'],
      cc: ['cyd@example.com'],
      bcc: ['dan@example.com'],
      subject: 'Grüße',
      body: 'Hello <you>',
      attachment: { name: 'Q3 report (final).pdf', mimetype: 'application/pdf', s3key: 'up/1' },
    },
    asks: [
      {
        request: `POST ${API}/messages/send`,
        headers: { authorization: 'Bearer test-token' },
        body: {
          raw: mail(
            'To: ann@example.com, bob@example.com',
            'Cc: cyd@example.com',
            'Bcc: dan@example.com',
            'Subject: =?UTF-8?',
            'Content-Type: text/plain; charset=utf-8',
            'Hello <you>',
            'Content-Type: application/pdf; name="Q3 report (final).pdf"',
            'Content-Disposition: attachment; filename="Q3 report (final).pdf"',
            Buffer.from('PDF!').toString('base64'),
          ),
        },
        answer: sent,
      },
    ],
    data: sent,
  },
  {
    tool: 'GMAIL_SEND_EMAIL',
    when: 'as HTML from an alias',
    given: { to: 'ann@example.com', from_email: 'sales@example.com', body: '<b>Hi</b>', is_html: true },
    asks: [
      {
        request: `POST ${API}/messages/send`,
        body: { raw: mail('From: sales@example.com', 'Content-Type: text/html; charset=utf-8', '<b>Hi</b>') },
        answer: sent,
      },
    ],
  },
  {
    tool: 'GMAIL_SEND_EMAIL',
    when: 'to nobody',
    given: { body: 'Hello' },
    asks: [],
    error: 'recipient_email: needs recipient_email, cc or bcc',
  },
  {
    tool: 'GMAIL_REPLY_TO_THREAD',
    given: { thread_id: 't1', recipient_email: 'ann@example.com', message_body: 'Yes' },
    asks: [
      lastOfThread,
      {
        request: `POST ${API}/messages/send`,
        body: {
          threadId: 't1',
          raw: mail('Subject: Re: Lunch', 'In-Reply-To: <2@mail>', 'References: <1@mail> <2@mail>', 'Yes'),
        },
        answer: sent,
      },
    ],
    data: sent,
  },
  {
    tool: 'GMAIL_FORWARD_MESSAGE',
    given: { message_id: 'm1', recipient_email: 'bob@example.com', additional_text: 'See below' },
    asks: [
      { request: `GET ${API}/messages/m1?format=metadata`, answer: message },
      {
        request: `GET ${API}/messages/m1?format=raw`,
        answer: { id: 'm1', raw: base64('Subject: Lunch\r\n\r\nHi') },
      },
      {
        request: `POST ${API}/messages/send`,
        body: {
          raw: mail('Subject: Fwd: Lunch', 'See below', 'Content-Type: message/rfc822', 'Subject: Lunch'),
        },
        answer: sent,
      },
    ],
  },
  {
    tool: 'GMAIL_CREATE_EMAIL_DRAFT',
    given: { thread_id: 't1', recipient_email: 'ann@example.com', body: 'Maybe' },
    asks: [
      lastOfThread,
      {
        request: `POST ${API}/drafts`,
        body: {
          message: { threadId: 't1', raw: mail('Subject: Re: Lunch', 'In-Reply-To: <2@mail>', 'Maybe') },
        },
        answer: { id: 'd1', message: { id: 'm9', threadId: 't1' } },
      },
    ],
    data: { id: 'd1', message: { id: 'm9', threadId: 't1' } },
  },
  {
    tool: 'GMAIL_SEND_DRAFT',
    given: { draft_id: 'd1' },
    asks: [{ request: `POST ${API}/drafts/send`, body: { id: 'd1' }, answer: sent }],
    data: sent,
  },
  {
    tool: 'GMAIL_DELETE_DRAFT',
    given: { draft_id: 'd1' },
    asks: [{ request: `DELETE ${API}/drafts/d1`, status: 204, answer: '' }],
    data: { success: true },
  },
];
