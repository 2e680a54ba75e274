import { describeToolkit, one, shipped, storedFiles } from '../describe-toolkit.js';

const at = (method: string) => `POST https://slack.com/api/${method}`;
const ok = { ok: true };
storedFiles.set('up/3', { name: 'a.png', mimetype: 'image/png', bytes: Buffer.from('PNG') });
const channels = [
  { id: 'C1', name: 'deploys', topic: { value: 'What went live' }, is_member: true },
  { id: 'C2', name: 'live-music' },
];

describeToolkit(shipped('slack'), [
  one(
    'SLACK_SEND_MESSAGE',
    { channel: 'C1', markdown_text: '**Live**', thread_ts: '1.2', unfurl_links: false },
    at('chat.postMessage'),
    {
      headers: { authorization: 'Bearer test-token', 'content-type': 'application/x-www-form-urlencoded' },
      body: { channel: 'C1', markdown_text: '**Live**', thread_ts: '1.2', unfurl_links: 'false' },
      answer: { ok: true, channel: 'C1', ts: '1.3' },
    },
  ),
  one('SLACK_SEND_MESSAGE', { channel: 'none', text: 'Hi' }, at('chat.postMessage'), {
    body: { channel: 'none', text: 'Hi' },
    answer: { ok: false, error: 'channel_not_found' },
    error: 'channel_not_found',
  }),
  one(
    'SLACK_CHAT_POST_MESSAGE',
    { channel: 'C1', blocks: '[]', fallback_text: 'Hi' },
    at('chat.postMessage'),
    {
      body: { channel: 'C1', blocks: '[]', text: 'Hi' },
      answer: ok,
    },
  ),
  one('SLACK_UPDATES_A_SLACK_MESSAGE', { channel: 'C1', ts: '1.2', text: 'New' }, at('chat.update'), {
    body: { channel: 'C1', ts: '1.2', text: 'New' },
    answer: ok,
  }),
  one('SLACK_DELETES_A_MESSAGE_FROM_A_CHAT', { channel: 'C1', ts: '1.2' }, at('chat.delete'), {
    body: { channel: 'C1', ts: '1.2' },
    answer: ok,
  }),
  one(
    'SLACK_SCHEDULE_MESSAGE',
    { channel: 'C1', post_at: '1800000000', text: 'Hi' },
    at('chat.scheduleMessage'),
    {
      body: { channel: 'C1', post_at: '1800000000', text: 'Hi' },
      answer: { ok: true, scheduled_message_id: 'Q1' },
    },
  ),
  one('SLACK_SEND_EPHEMERAL_MESSAGE', { channel: 'C1', user: 'U1', text: 'Psst' }, at('chat.postEphemeral'), {
    body: { channel: 'C1', user: 'U1', text: 'Psst' },
    answer: { ok: true, message_ts: '1.2' },
  }),
  one('SLACK_FETCH_CONVERSATION_HISTORY', { channel: 'C1', oldest: '1.0' }, at('conversations.history'), {
    body: { channel: 'C1', limit: '20', oldest: '1.0' },
    answer: { ok: true, messages: [{ text: 'Hi' }], has_more: false },
  }),
  one(
    'SLACK_FETCH_MESSAGE_THREAD_FROM_A_CONVERSATION',
    { channel: 'C1', ts: '1.2', limit: 5 },
    at('conversations.replies'),
    { body: { channel: 'C1', ts: '1.2', limit: '5' }, answer: { ok: true, messages: [] } },
  ),
  one('SLACK_SEARCH_MESSAGES', { query: 'in:#deploys live', sort: 'timestamp' }, at('search.messages'), {
    body: { query: 'in:#deploys live', count: '20', sort: 'timestamp' },
    answer: { ok: true, messages: { matches: [] } },
  }),
  one(
    'SLACK_ADD_REACTION_TO_AN_ITEM',
    { channel: 'C1', timestamp: '1.2', name: 'tada' },
    at('reactions.add'),
    {
      body: { channel: 'C1', timestamp: '1.2', name: 'tada' },
      answer: ok,
    },
  ),
  one(
    'SLACK_REMOVE_REACTION_FROM_ITEM',
    { channel: 'C1', timestamp: '1.2', name: 'tada' },
    at('reactions.remove'),
    {
      body: { channel: 'C1', timestamp: '1.2', name: 'tada' },
      answer: ok,
    },
  ),
  one('SLACK_PIN_ITEM', { channel: 'C1', timestamp: '1.2' }, at('pins.add'), {
    body: { channel: 'C1', timestamp: '1.2' },
    answer: ok,
  }),
  one('SLACK_UNPIN_ITEM', { channel: 'C1', timestamp: '1.2' }, at('pins.remove'), {
    body: { channel: 'C1', timestamp: '1.2' },
    answer: ok,
  }),
  one('SLACK_LIST_PINNED_ITEMS', { channel: 'C1' }, at('pins.list'), {
    body: { channel: 'C1' },
    answer: { ok: true, items: [] },
  }),
  one('SLACK_CREATE_A_REMINDER', { text: 'Tea', time: 'in 5 minutes' }, at('reminders.add'), {
    body: { text: 'Tea', time: 'in 5 minutes' },
    answer: { ok: true, reminder: { id: 'R1' } },
  }),
  one(
    'SLACK_LIST_ALL_CHANNELS',
    { types: 'public_channel', channel_name: '#deploy' },
    at('conversations.list'),
    {
      body: { types: 'public_channel', limit: '100' },
      answer: { ok: true, channels },
      data: { channels: [{ id: 'C1' }] },
    },
  ),
  one('SLACK_LIST_CONVERSATIONS', { user: 'U1' }, at('users.conversations'), {
    body: { user: 'U1', limit: '100' },
    answer: { ok: true, channels },
  }),
  {
    tool: 'SLACK_FIND_CHANNELS',
    given: { search_query: 'LIVE', member_only: true },
    asks: [
      {
        request: at('conversations.list'),
        body: { exclude_archived: 'true', limit: '200' },
        answer: { ok: true, channels: [channels[1]], response_metadata: { next_cursor: 'n' } },
      },
      {
        request: at('conversations.list'),
        body: { exclude_archived: 'true', limit: '200', cursor: 'n' },
        answer: { ok: true, channels: [channels[0]], response_metadata: { next_cursor: '' } },
      },
    ],
    data: { channels: [{ id: 'C1' }], total_channels_searched: 2 },
  },
  one('SLACK_RETRIEVE_CONVERSATION_INFORMATION', { channel: 'C1' }, at('conversations.info'), {
    body: { channel: 'C1' },
    answer: { ok: true, channel: { id: 'C1' } },
  }),
  one('SLACK_RETRIEVE_CONVERSATION_MEMBERS_LIST', { channel: 'C1' }, at('conversations.members'), {
    body: { channel: 'C1', limit: '100' },
    answer: { ok: true, members: ['U1'] },
  }),
  one('SLACK_CREATE_CHANNEL', { name: 'plans', is_private: true }, at('conversations.create'), {
    body: { name: 'plans', is_private: 'true' },
    answer: { ok: true, channel: { id: 'C3' } },
  }),
  one(
    'SLACK_INVITE_USERS_TO_A_SLACK_CHANNEL',
    { channel: 'C1', users: 'U1,U2' },
    at('conversations.invite'),
    {
      body: { channel: 'C1', users: 'U1,U2' },
      answer: ok,
    },
  ),
  one('SLACK_OPEN_DM', { users: 'U1' }, at('conversations.open'), {
    body: { users: 'U1', return_im: 'true' },
    answer: { ok: true, channel: { id: 'D1' }, already_open: true },
  }),
  one('SLACK_RENAME_CONVERSATION', { channel: 'C1', name: 'new' }, at('conversations.rename'), {
    body: { channel: 'C1', name: 'new' },
    answer: ok,
  }),
  one('SLACK_SET_THE_TOPIC_OF_A_CONVERSATION', { channel: 'C1', topic: 'T' }, at('conversations.setTopic'), {
    body: { channel: 'C1', topic: 'T' },
    answer: ok,
  }),
  one('SLACK_SET_CONVERSATION_PURPOSE', { channel: 'C1', purpose: 'P' }, at('conversations.setPurpose'), {
    body: { channel: 'C1', purpose: 'P' },
    answer: ok,
  }),
  ...(
    [
      ['SLACK_ARCHIVE_CONVERSATION', 'archive'],
      ['SLACK_UNARCHIVE_CHANNEL', 'unarchive'],
      ['SLACK_JOIN_AN_EXISTING_CONVERSATION', 'join'],
      ['SLACK_LEAVE_CONVERSATION', 'leave'],
    ] as const
  ).map(([tool, verb]) =>
    one(tool, { channel: 'C1' }, at(`conversations.${verb}`), { body: { channel: 'C1' }, answer: ok }),
  ),
  one('SLACK_LIST_ALL_USERS', { limit: 2, cursor: 'n' }, at('users.list'), {
    body: { limit: '2', cursor: 'n' },
    answer: { ok: true, members: [{ id: 'U1' }] },
  }),
  one('SLACK_FIND_USERS', { search_query: 'ann' }, at('users.list'), {
    body: { limit: '200' },
    answer: {
      ok: true,
      members: [
        { id: 'U1', profile: { email: 'ann@example.com' } },
        { id: 'U2', name: 'annbot', is_bot: true },
      ],
    },
    data: { users: [{ id: 'U1' }], total_users_searched: 2 },
  }),
  one('SLACK_FIND_USER_BY_EMAIL_ADDRESS', { email: 'ann@example.com' }, at('users.lookupByEmail'), {
    body: { email: 'ann@example.com' },
    answer: { ok: true, user: { id: 'U1' } },
  }),
  one('SLACK_RETRIEVE_DETAILED_USER_INFORMATION', { user: 'U1' }, at('users.info'), {
    body: { user: 'U1' },
    answer: { ok: true, user: { id: 'U1' } },
  }),
  one('SLACK_SET_STATUS', { status_text: 'Away', status_emoji: ':palm_tree:' }, at('users.profile.set'), {
    body: { profile: '{"status_text":"Away","status_emoji":":palm_tree:"}' },
    answer: ok,
  }),
  {
    tool: 'SLACK_UPLOAD_OR_CREATE_A_FILE_IN_SLACK',
    given: {
      file: { name: 'a (1).png', mimetype: 'image/png', s3key: 'up/3' },
      channels: 'C1',
      initial_comment: 'Look',
    },
    asks: [
      {
        request: at('files.getUploadURLExternal'),
        body: { filename: 'a (1).png', length: '3' },
        answer: { ok: true, upload_url: 'https://files.slack.com/upload/v1/abc', file_id: 'F1' },
      },
      {
        request: 'POST https://files.slack.com/upload/v1/abc',
        headers: { 'content-type': 'image/png' },
        body: 'PNG',
        answer: 'OK - 3',
      },
      {
        request: at('files.completeUploadExternal'),
        body: { files: '[{"id":"F1","title":"a (1).png"}]', channels: 'C1', initial_comment: 'Look' },
        answer: { ok: true, files: [{ id: 'F1' }] },
      },
    ],
    data: { files: [{ id: 'F1' }] },
  },
]);
