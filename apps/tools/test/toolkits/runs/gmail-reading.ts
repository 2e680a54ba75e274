import type { Run } from '../../describe-toolkit.js';
import { API, base64, headers, message, view } from './gmail-mail.js';

export const readingRuns: Run[] = [
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
];
