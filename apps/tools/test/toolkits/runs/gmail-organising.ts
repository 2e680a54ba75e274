import type { Run } from '../../describe-toolkit.js';
import { API, PEOPLE } from './gmail-mail.js';

export const organisingRuns: Run[] = [
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
    given: { query: 'an', person_fields: 'names,emailAddresses,phoneNumbers,organizations' },
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
        request: `GET ${PEOPLE}/people/me/connections?personFields=names&pageToken=p&sources=READ_SOURCE_TYPE_CONTACT`,
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
    given: { other_contacts: true, person_fields: 'names,organizations' },
    asks: [
      {
        request: `GET ${PEOPLE}/otherContacts?readMask=names&pageSize=10&requestSyncToken=true`,
        answer: { otherContacts: [] },
      },
    ],
    data: { other_contacts: { otherContacts: [] } },
  },
];
