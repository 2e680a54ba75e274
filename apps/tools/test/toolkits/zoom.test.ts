import { describeToolkit, one, shipped } from '../describe-toolkit.js';

const API = 'https://api.zoom.us/v2';
const meeting = { id: 85, join_url: 'https://zoom.us/j/85' };

describeToolkit(shipped('zoom'), [
  one(
    'ZOOM_CREATE_A_MEETING',
    {
      userId: 'me',
      topic: 'Plan',
      type: 8,
      start_time: '2026-03-01T09:30:00',
      settings__waiting__room: true,
      settings__host__video: false,
      recurrence__type: 2,
      recurrence__weekly__days: '2,4',
    },
    `POST ${API}/users/me/meetings`,
    {
      headers: { authorization: 'Bearer test-token' },
      body: {
        topic: 'Plan',
        type: 8,
        start_time: '2026-03-01T09:30:00',
        pre_schedule: false,
        default_password: false,
        settings: { waiting_room: true, host_video: false },
        recurrence: { type: 2, weekly_days: '2,4' },
      },
      status: 201,
      answer: meeting,
    },
  ),
  one('ZOOM_LIST_MEETINGS', { type: 'upcoming' }, `GET ${API}/users/me/meetings?type=upcoming&page_size=30`, {
    answer: { meetings: [meeting] },
  }),
  one('ZOOM_GET_A_MEETING', { meetingId: 85 }, `GET ${API}/meetings/85`, { answer: meeting }),
  one(
    'ZOOM_UPDATE_A_MEETING',
    { meetingId: '85', topic: 'New', occurrence_id: 'o1' },
    `PATCH ${API}/meetings/85?occurrence_id=o1`,
    {
      body: { topic: 'New' },
      status: 204,
      answer: '',
      data: { success: true },
    },
  ),
  one(
    'ZOOM_ADD_A_MEETING_REGISTRANT',
    { meetingId: 85, email: 'ann@example.com', first_name: 'Ann' },
    `POST ${API}/meetings/85/registrants`,
    {
      body: { email: 'ann@example.com', first_name: 'Ann' },
      status: 201,
      answer: { registrant_id: 'r1' },
    },
  ),
  one(
    'ZOOM_GET_MEETING_RECORDINGS',
    { meetingId: '/a//b==' },
    `GET ${API}/meetings/%252Fa%252F%252Fb%253D%253D/recordings`,
    {
      answer: { recording_files: [] },
    },
  ),
  one(
    'ZOOM_LIST_ALL_RECORDINGS',
    { from: '2026-03-01' },
    `GET ${API}/users/me/recordings?from=2026-03-01&mc=false&trash=false&trash_type=meeting_recordings&page_size=30`,
    { answer: { meetings: [] } },
  ),
  one(
    'ZOOM_GET_PAST_MEETING_PARTICIPANTS',
    { meetingId: '85' },
    `GET ${API}/past_meetings/85/participants?page_size=30`,
    {
      answer: { participants: [] },
    },
  ),
]);
