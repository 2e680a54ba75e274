import { describeToolkit, shipped, storedFiles } from '../describe-toolkit.js';

const API = 'https://gmail.googleapis.com/gmail/v1/users/me';
const PEOPLE = 'https://people.googleapis.com/v1';
const base64 = (text: string) => Buffer.from(text).toString('base64url');

/** A mail in Gmail's JSON that has each of these lines, whatever its date and boundaries are. */
const mail = (...lines: (string | RegExp)[]) => ({
  $$typeof: Symbol.for('jest.asymmetricMatcher'),
  asymmetricMatch: (raw: string) => {
    const text = Buffer.from(raw, 'base64url').toString();
    return lines.every((line) => (typeof line === 'string' ? text.includes(line) : line.test(text)));
  },
  toAsymmetricMatcher: () => `mail with ${lines.join(' | ')}`,
});

const headers = [
  { name: 'From', value: 'Ann <ann@example.com>' },
  { name: 'To', value: 'me@example.com' },
  { name: 'Subject', value: 'Lunch' },
  { name: 'Message-ID', value: '<2@mail>' },
  { name: 'References', value: '<1@mail>' },
];
const message = {
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
const view = {
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
const sent = { id: 'm9', threadId: 't9', labelIds: ['SENT'] };
const lastOfThread = {
  request: `GET ${API}/threads/t1?format=metadata&metadataHeaders=Message-ID&metadataHeaders=References&metadataHeaders=Subject&metadataHeaders=From&metadataHeaders=To`,
  answer: { id: 't1', messages: [{ id: 'm0' }, message] },
};
storedFiles.set('up/1', { name: 'plan.pdf', mimetype: 'application/pdf', bytes: Buffer.from('PDF!') });

describeToolkit(shipped('gmail'), [
  {
    tool: 'GMAIL_SEND_EMAIL',
    given: {
      recipient_email: 'ann@example.com',
      extra_recipients: ['bob@example.com'],
      cc: ['cyd@example.com'],
      bcc: ['dan@example.com'],
      subject: 'Grüße',
      body: 'Hello <you>',
      attachment: { name: 'plan.pdf', mimetype: 'application/pdf', s3key: 'up/1' },
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
            'Content-Disposition: attachment; filename=plan.pdf',
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
  {
    tool: 'GMAIL_FETCH_EMAILS',
    given: { query: 'from:ann is:unread', label_ids: ['INBOX', 'UNREAD'], max_results: 2, page_token: 'p2' },
    asks: [
      {
        request: `GET ${API}/messages?q=from%3Aann+is%3Aunread&labelIds=INBOX&labelIds=UNREAD&maxResults=2&pageToken=p2`,
        answer: { messages: [{ id: 'm1', threadId: 't1' }], nextPageToken: 'p3', resultSizeEstimate: 9 },
      },
      { request: `GET ${API}/messages/m1?format=full`, answer: message },
    ],
    data: {
      messages: [{ ...view, payload: { mimeType: 'multipart/mixed' } }],
      nextPageToken: 'p3',
      resultSizeEstimate: 9,
    },
  },
  {
    tool: 'GMAIL_FETCH_EMAILS',
    when: 'as ids only',
    given: { ids_only: true },
    asks: [
      { request: `GET ${API}/messages?maxResults=1`, answer: { messages: [{ id: 'm1', threadId: 't1' }] } },
    ],
    data: { messages: [{ messageId: 'm1', threadId: 't1' }] },
  },
  {
    tool: 'GMAIL_FETCH_EMAILS',
    when: 'when there are none',
    asks: [{ request: `GET ${API}/messages?maxResults=1`, answer: { resultSizeEstimate: 0 } }],
    data: { messages: [], resultSizeEstimate: 0 },
  },
  {
    tool: 'GMAIL_FETCH_MESSAGE_BY_MESSAGE_ID',
    given: { message_id: 'm1' },
    asks: [
      {
        request: `GET ${API}/messages/m1?format=full`,
        answer: {
          ...message,
          payload: { mimeType: 'text/html', headers, body: { data: base64('<p>Shall <b>we</b>?</p>') } },
        },
      },
    ],
    data: { ...view, messageText: 'Shall **we**?', attachmentList: [] },
  },
  {
    tool: 'GMAIL_FETCH_MESSAGE_BY_THREAD_ID',
    given: { thread_id: 't1' },
    asks: [{ request: `GET ${API}/threads/t1?format=full`, answer: { id: 't1', messages: [message] } }],
    data: { id: 't1', messages: [view] },
  },
  {
    tool: 'GMAIL_LIST_THREADS',
    given: { query: 'lunch', verbose: true },
    asks: [
      {
        request: `GET ${API}/threads?q=lunch&maxResults=10`,
        answer: { threads: [{ id: 't1' }], nextPageToken: 'n' },
      },
      { request: `GET ${API}/threads/t1`, answer: { id: 't1', messages: [message] } },
    ],
    data: { threads: [{ id: 't1', messages: [{ id: 'm1' }] }], next_page_token: 'n' },
  },
  {
    tool: 'GMAIL_LIST_DRAFTS',
    given: { verbose: true, max_results: 5 },
    asks: [
      {
        request: `GET ${API}/drafts?maxResults=5`,
        answer: { drafts: [{ id: 'd1', message: { id: 'm1' } }] },
      },
      { request: `GET ${API}/drafts/d1?format=full`, answer: { id: 'd1', message } },
    ],
    data: { drafts: [{ id: 'd1', message: view }] },
  },
  {
    tool: 'GMAIL_GET_ATTACHMENT',
    given: { message_id: 'm1', attachment_id: 'a1', file_name: 'menu.pdf' },
    asks: [
      { request: `GET ${API}/messages/m1?format=full`, answer: message },
      { request: `GET ${API}/messages/m1/attachments/a1`, answer: { size: 3, data: base64('PDF') } },
    ],
    data: {
      file: { name: 'menu.pdf', mimetype: 'application/pdf', s3url: 'https://files.example/stored/menu.pdf' },
    },
  },
  {
    tool: 'GMAIL_GET_PROFILE',
    asks: [
      {
        request: `GET ${API}/profile`,
        answer: { emailAddress: 'me@example.com', messagesTotal: 5, threadsTotal: 4, historyId: '9' },
      },
    ],
    data: { emailAddress: 'me@example.com' },
  },
  {
    tool: 'GMAIL_LIST_LABELS',
    asks: [{ request: `GET ${API}/labels`, answer: { labels: [{ id: 'INBOX', name: 'INBOX' }] } }],
    data: { labels: [{ id: 'INBOX' }] },
  },
  {
    tool: 'GMAIL_CREATE_LABEL',
    given: { label_name: 'Work', background_color: '#16a765', text_color: '#ffffff' },
    asks: [
      {
        request: `POST ${API}/labels`,
        body: {
          name: 'Work',
          labelListVisibility: 'labelShow',
          messageListVisibility: 'show',
          color: { backgroundColor: '#16a765', textColor: '#ffffff' },
        },
        answer: { id: 'Label_1', name: 'Work' },
      },
    ],
    data: { response_data: { id: 'Label_1' } },
  },
  {
    tool: 'GMAIL_ADD_LABEL_TO_EMAIL',
    given: { message_id: 'm1', add_label_ids: ['STARRED'], remove_label_ids: ['UNREAD'] },
    asks: [
      {
        request: `POST ${API}/messages/m1/modify`,
        body: { addLabelIds: ['STARRED'], removeLabelIds: ['UNREAD'] },
        answer: { id: 'm1', threadId: 't1', labelIds: ['STARRED'] },
      },
    ],
    data: { response_data: { labelIds: ['STARRED'] } },
  },
  {
    tool: 'GMAIL_MODIFY_THREAD_LABELS',
    given: { thread_id: 't1', remove_label_ids: ['INBOX'] },
    asks: [
      { request: `POST ${API}/threads/t1/modify`, body: { removeLabelIds: ['INBOX'] }, answer: { id: 't1' } },
    ],
    data: { success: true, response_dict: { id: 't1' } },
  },
  {
    tool: 'GMAIL_BATCH_MODIFY_MESSAGES',
    given: { messageIds: ['m1', 'm2'], addLabelIds: ['L1'] },
    asks: [
      {
        request: `POST ${API}/messages/batchModify`,
        body: { ids: ['m1', 'm2'], addLabelIds: ['L1'] },
        status: 204,
        answer: '',
      },
    ],
    data: { success: true },
  },
  {
    tool: 'GMAIL_BATCH_DELETE_MESSAGES',
    given: { messageIds: ['m1'] },
    asks: [{ request: `POST ${API}/messages/batchDelete`, body: { ids: ['m1'] }, status: 204, answer: '' }],
    data: { success: true },
  },
  {
    tool: 'GMAIL_MOVE_TO_TRASH',
    given: { message_id: 'm1' },
    asks: [
      { request: `POST ${API}/messages/m1/trash`, answer: { id: 'm1', threadId: 't1', labelIds: ['TRASH'] } },
    ],
    data: { email: { labelIds: ['TRASH'] } },
  },
  {
    tool: 'GMAIL_DELETE_MESSAGE',
    given: { message_id: 'm1' },
    asks: [{ request: `DELETE ${API}/messages/m1`, status: 204, answer: '' }],
    data: { success: true },
  },
  {
    tool: 'GMAIL_DELETE_MESSAGE',
    when: 'that is not there',
    given: { message_id: 'm1' },
    asks: [
      {
        request: `DELETE ${API}/messages/m1`,
        status: 404,
        answer: { error: { code: 404, message: 'Requested entity was not found.', status: 'NOT_FOUND' } },
      },
    ],
    error: 'Gmail answered 404 Not Found: Requested entity was not found.',
  },
  {
    tool: 'GMAIL_SEARCH_PEOPLE',
    given: { query: 'an' },
    asks: [
      {
        request: `GET ${PEOPLE}/otherContacts:search?query=an&pageSize=10&readMask=names%2CemailAddresses%2CphoneNumbers`,
        headers: { authorization: 'Bearer test-token' },
        answer: { results: [] },
      },
    ],
    data: { response_data: { results: [] } },
  },
  {
    tool: 'GMAIL_GET_CONTACTS',
    given: { person_fields: 'names', include_other_contacts: false, page_token: 'p' },
    asks: [
      {
        request: `GET ${PEOPLE}/people/me/connections?personFields=names&pageToken=p`,
        answer: { connections: [{}] },
      },
    ],
    data: { response_data: { connections: [{}] } },
  },
  {
    tool: 'GMAIL_GET_PEOPLE',
    given: { resource_name: 'people/c1', person_fields: 'names' },
    asks: [{ request: `GET ${PEOPLE}/people/c1?personFields=names`, answer: { resourceName: 'people/c1' } }],
    data: { people_data: { resourceName: 'people/c1' } },
  },
  {
    tool: 'GMAIL_GET_PEOPLE',
    when: 'of those written to',
    given: { other_contacts: true, person_fields: 'names' },
    asks: [
      { request: `GET ${PEOPLE}/otherContacts?readMask=names&pageSize=10`, answer: { otherContacts: [] } },
    ],
    data: { other_contacts: { otherContacts: [] } },
  },
]);
