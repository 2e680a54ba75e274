import { describeToolkit, one, shipped, storedFiles } from '../describe-toolkit.js';

const ME = 'https://graph.microsoft.com/v1.0/me';
const thing = { id: 'x1' };
const list = { value: [thing], '@odata.nextLink': `${ME}/next` };
const to = (address: string) => [{ emailAddress: { address } }];
const wrapped = (answer: object) => ({ answer, data: { response_data: answer } });
const at = (time: string) => ({ dateTime: `2026-03-01T${time}:00`, timeZone: 'UTC' });
storedFiles.set('up/5', { name: 'a.txt', mimetype: 'text/plain', bytes: Buffer.from('words') });

describeToolkit(shipped('outlook'), [
  one(
    'OUTLOOK_SEND_EMAIL',
    {
      to_email: 'ann@example.com',
      cc_emails: ['bob@example.com'],
      subject: 'Lunch',
      body: '<b>Hi</b>',
      is_html: true,
      attachment: { name: 'a.txt', mimetype: 'text/plain', s3key: 'up/5' },
    },
    `POST ${ME}/sendMail`,
    {
      headers: { authorization: 'Bearer test-token' },
      body: {
        message: {
          subject: 'Lunch',
          body: { contentType: 'HTML', content: '<b>Hi</b>' },
          toRecipients: to('ann@example.com'),
          ccRecipients: to('bob@example.com'),
          attachments: [
            {
              '@odata.type': '#microsoft.graph.fileAttachment',
              name: 'a.txt',
              contentType: 'text/plain',
              contentBytes: 'd29yZHM=',
            },
          ],
        },
        saveToSentItems: true,
      },
      status: 202,
      answer: '',
    },
  ),
  one(
    'OUTLOOK_REPLY_EMAIL',
    { message_id: 'm1', comment: 'Yes', cc_emails: ['bob@example.com'] },
    `POST ${ME}/messages/m1/reply`,
    {
      body: { comment: 'Yes', message: { ccRecipients: to('bob@example.com') } },
      status: 202,
      answer: '',
    },
  ),
  one(
    'OUTLOOK_CREATE_DRAFT',
    { to_recipients: ['ann@example.com'], subject: 'S', body: 'B' },
    `POST ${ME}/messages`,
    {
      body: {
        subject: 'S',
        body: { contentType: 'Text', content: 'B' },
        toRecipients: to('ann@example.com'),
      },
      ...wrapped(thing),
    },
  ),
  one(
    'OUTLOOK_CREATE_DRAFT_REPLY',
    { message_id: 'm1', comment: 'Maybe' },
    `POST ${ME}/messages/m1/createReply`,
    {
      body: { comment: 'Maybe' },
      ...wrapped(thing),
    },
  ),
  one(
    'OUTLOOK_SEND_DRAFT',
    { message_id: 'm1', user_id: 'ann@example.com' },
    'POST https://graph.microsoft.com/v1.0/users/ann%40example.com/messages/m1/send',
    {
      status: 202,
      answer: '',
    },
  ),
  one(
    'OUTLOOK_LIST_MESSAGES',
    {
      from_address: "o'hara@example.com",
      is_read: false,
      received_date_time_ge: '2026-03-01T00:00:00Z',
      categories: ['Red'],
      select: ['subject'],
      orderby: ['receivedDateTime desc'],
    },
    `GET ${ME}/mailFolders/inbox/messages?$filter=receivedDateTime ge 2026-03-01T00:00:00Z and isRead eq false and from/emailAddress/address eq 'o''hara@example.com' and (categories/any(c:c eq 'Red'))&$select=subject&$orderby=receivedDateTime desc&$top=10`,
    { answer: list },
  ),
  one('OUTLOOK_GET_MESSAGE', { message_id: 'm1' }, `GET ${ME}/messages/m1`, { answer: thing }),
  one(
    'OUTLOOK_SEARCH_MESSAGES',
    { query: 'from:ann', size: 5 },
    'POST https://graph.microsoft.com/v1.0/search/query',
    {
      body: {
        requests: [{ entityTypes: ['message'], query: { queryString: 'from:ann' }, from: 0, size: 5 }],
      },
      answer: { value: [{ hitsContainers: [] }] },
    },
  ),
  one(
    'OUTLOOK_QUERY_EMAILS',
    { filter: 'isRead eq false', top: 2 },
    `GET ${ME}/mailFolders/inbox/messages?$filter=isRead eq false&$top=2`,
    { answer: list },
  ),
  one(
    'OUTLOOK_MOVE_MESSAGE',
    { message_id: 'm1', destination_id: 'archive' },
    `POST ${ME}/messages/m1/move`,
    {
      body: { destinationId: 'archive' },
      ...wrapped(thing),
    },
  ),
  one(
    'OUTLOOK_UPDATE_EMAIL',
    { message_id: 'm1', is_read: true, importance: 'high' },
    `PATCH ${ME}/messages/m1`,
    {
      body: { isRead: true, importance: 'high' },
      ...wrapped(thing),
    },
  ),
  one('OUTLOOK_LIST_MAIL_FOLDERS', {}, `GET ${ME}/mailFolders?$top=100`, wrapped(list)),
  one(
    'OUTLOOK_LIST_OUTLOOK_ATTACHMENTS',
    { message_id: 'm1' },
    `GET ${ME}/messages/m1/attachments?$select=id,name,contentType,size,isInline`,
    wrapped(list),
  ),
  one(
    'OUTLOOK_DOWNLOAD_OUTLOOK_ATTACHMENT',
    { message_id: 'm1', attachment_id: 'a1', file_name: 'a.txt' },
    `GET ${ME}/messages/m1/attachments/a1/$value`,
    {
      answer: 'words',
      data: { file: { name: 'a.txt', mimetype: 'text/plain' } },
    },
  ),
  one('OUTLOOK_GET_PROFILE', {}, `GET ${ME}`, wrapped(thing)),
  one(
    'OUTLOOK_CALENDAR_CREATE_EVENT',
    {
      subject: 'Lunch',
      start_datetime: '2026-03-01T12:00:00',
      end_datetime: '2026-03-01T13:00:00',
      attendees_info: ['ann@example.com'],
      location: 'Rome',
    },
    `POST ${ME}/events`,
    {
      body: {
        subject: 'Lunch',
        start: at('12:00'),
        end: at('13:00'),
        location: { displayName: 'Rome' },
        attendees: [{ emailAddress: { address: 'ann@example.com' }, type: 'required' }],
      },
      status: 201,
      answer: thing,
    },
  ),
  one('OUTLOOK_UPDATE_CALENDAR_EVENT', { event_id: 'e1', subject: 'New' }, `PATCH ${ME}/events/e1`, {
    body: { subject: 'New' },
    answer: thing,
  }),
  one('OUTLOOK_GET_EVENT', { event_id: 'e1' }, `GET ${ME}/events/e1`, { answer: thing }),
  one('OUTLOOK_DELETE_EVENT', { event_id: 'e1' }, `DELETE ${ME}/events/e1`, {
    status: 204,
    answer: '',
    data: { success: true },
  }),
  one('OUTLOOK_LIST_EVENTS', { timezone: 'Europe/Paris', top: 2 }, `GET ${ME}/events?$top=2`, {
    headers: { prefer: 'outlook.timezone="Europe/Paris"' },
    answer: list,
  }),
  one(
    'OUTLOOK_GET_CALENDAR_VIEW',
    { start_datetime: '2026-03-01T00:00:00', end_datetime: '2026-03-02T00:00:00' },
    `GET ${ME}/calendarView?startDateTime=2026-03-01T00:00:00&endDateTime=2026-03-02T00:00:00&$top=50&$orderby=start/dateTime`,
    { answer: list },
  ),
  one(
    'OUTLOOK_FIND_MEETING_TIMES',
    { meetingDuration: 'PT1H', attendees: to('ann@example.com') },
    `POST ${ME}/findMeetingTimes`,
    {
      body: { meetingDuration: 'PT1H', attendees: to('ann@example.com') },
      answer: { meetingTimeSuggestions: [] },
    },
  ),
  one('OUTLOOK_LIST_CONTACTS', {}, `GET ${ME}/contacts?$top=10`, { answer: list }),
  one(
    'OUTLOOK_CREATE_CONTACT',
    { givenName: 'Ann', emailAddresses: [{ address: 'ann@example.com' }] },
    `POST ${ME}/contacts`,
    {
      body: { givenName: 'Ann', emailAddresses: [{ address: 'ann@example.com' }] },
      status: 201,
      answer: thing,
    },
  ),
]);
