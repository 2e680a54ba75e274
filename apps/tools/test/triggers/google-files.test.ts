import { shipped } from '../describe-toolkit.js';
import {
  describeTriggers,
  HOOK_SECRET,
  HOOK_URL,
  NOW,
  type PollRow,
  type PushRow,
} from '../describe-triggers.js';

const T = (minute: number) => `2026-11-30T10:0${minute}:00.000Z`;
const DRIVE = 'https://www.googleapis.com/drive/v3';
const FIELDS =
  'id,name,mimeType,createdTime,modifiedTime,webViewLink,parents,trashed,size,owners(emailAddress,displayName),lastModifyingUser(emailAddress,displayName)';
const file = (id: string, createdTime: string, modifiedTime = createdTime) => ({
  id,
  name: id,
  createdTime,
  modifiedTime,
});

function files(
  by: 'createdTime' | 'modifiedTime',
  only: string[],
  config: Record<string, unknown> = {},
): PollRow {
  const list = (since: string | undefined, found: unknown[]) => ({
    request: `GET ${DRIVE}/files?q=${['trashed = false', ...only, ...(since ? [`${by} >= '${since}'`] : [])].join(' and ')}&orderBy=${by} desc&pageSize=100&fields=nextPageToken,files(${FIELDS})&supportsAllDrives=true&includeItemsFromAllDrives=true`,
    answer: { files: found },
  });
  const old = file('old', T(5));
  const isNew = by === 'createdTime';
  const found = isNew ? file('f2', T(6)) : file('f2', '2026-01-01T00:00:00.000Z', T(6));
  return {
    config,
    first: [list(undefined, [old])],
    // What was just made was not changed.
    next: [list(T(3), [found, ...(isNew ? [] : [file('made', T(6))]), old])],
    events: [
      {
        id: isNew ? 'f2:created' : `f2:${T(6)}`,
        at: T(6),
        payload: { event_type: isNew ? 'file_created' : 'file_updated', file_id: 'f2', name: 'f2' },
      },
    ],
    again: [list(T(4), [found, old])],
  };
}

const changes = (event_type: string): PollRow => {
  const list = (pageToken: string, answer: object) => ({
    request: `GET ${DRIVE}/changes?pageToken=${pageToken}&pageSize=100&includeRemoved=true&supportsAllDrives=true&includeItemsFromAllDrives=true&fields=nextPageToken,newStartPageToken,changes(fileId,removed,time,file(${FIELDS}))`,
    answer,
  });
  const trashed = { id: 'f1', name: 'Plan', trashed: true };
  return {
    first: [
      {
        request: `GET ${DRIVE}/changes/startPageToken?supportsAllDrives=true`,
        answer: { startPageToken: '7' },
      },
    ],
    next: [list('7', { newStartPageToken: '8', changes: [{ fileId: 'f1', time: T(1), file: trashed }] })],
    events: [
      { id: `f1:${event_type}:${T(1)}`, at: T(1), payload: { event_type, file_id: 'f1', name: 'Plan' } },
    ],
    again: [list('8', { newStartPageToken: '8', changes: [] })],
  };
};

const channel = 'ae62ff19bfe27838c771692169c9f5c33595f28a';
const driveChannel: PushRow = {
  registers: [
    {
      request: `GET ${DRIVE}/changes/startPageToken?supportsAllDrives=true`,
      answer: { startPageToken: '7' },
    },
    {
      request: `POST ${DRIVE}/changes/watch?pageToken=7&supportsAllDrives=true&includeItemsFromAllDrives=true&includeRemoved=true`,
      body: {
        id: channel,
        type: 'web_hook',
        address: HOOK_URL,
        token: HOOK_SECRET,
        expiration: String(NOW.getTime() + 604_800_000),
      },
      answer: { id: channel, resourceId: 'r1', expiration: String(Date.parse('2026-12-07T12:00:00Z')) },
    },
  ],
  hook: { channel_id: channel, resource_id: 'r1' },
  expiresAt: '2026-12-07T12:00:00.000Z',
  removes: [{ request: `POST ${DRIVE}/channels/stop`, body: { id: channel, resourceId: 'r1' } }],
  delivery: {
    headers: {
      'x-goog-channel-id': channel,
      'x-goog-message-number': '2',
      'x-goog-resource-id': 'r1',
      'x-goog-resource-state': 'change',
    },
    body: '',
  },
  events: [],
  foreignHook: { channel_id: 'another' },
};

describeTriggers(shipped('googledrive'), {
  GOOGLEDRIVE_FILE_CREATED_TRIGGER: {
    poll: files('createdTime', ["'d1' in parents", "(name contains 'a')"], {
      folder_id: 'd1',
      query: "name contains 'a'",
    }),
    push: driveChannel,
  },
  GOOGLEDRIVE_FILE_UPDATED_TRIGGER: { poll: files('modifiedTime', []), push: driveChannel },
  GOOGLEDRIVE_NEW_FILE_MATCHING_QUERY_TRIGGER: {
    poll: files('createdTime', ['(starred = true)'], { query: 'starred = true' }),
    push: { ...driveChannel, config: { query: 'starred = true' } },
  },
  GOOGLEDRIVE_FILE_DELETED_OR_TRASHED_TRIGGER: { poll: changes('trashed'), push: driveChannel },
  GOOGLEDRIVE_GOOGLE_DRIVE_CHANGES: { poll: changes('trashed'), push: driveChannel },
});

const documents = ["mimeType = 'application/vnd.google-apps.document'"];
describeTriggers(shipped('googledocs'), {
  GOOGLEDOCS_DOCUMENT_CREATED_TRIGGER: { poll: files('createdTime', documents) },
  GOOGLEDOCS_DOCUMENT_UPDATED_TRIGGER: { poll: files('modifiedTime', documents) },
});

const SHEET = 'https://sheets.googleapis.com/v4/spreadsheets/s1';
const rows = (from: number, values: unknown[][]) => ({
  request: `GET ${SHEET}/values/'Sheet1'!A${from}%3AZZZ`,
  answer: { values },
});
const range = (values: unknown[][]) => ({
  request: `GET ${SHEET}/values/Sheet1!A1%3AB2`,
  answer: { values },
});
const sheets = (...titles: string[]) => ({
  request: `GET ${SHEET}?fields=sheets.properties(sheetId,title)`,
  answer: { sheets: titles.map((title, sheetId) => ({ properties: { sheetId, title } })) },
});

describeTriggers(shipped('googlesheets'), {
  GOOGLESHEETS_NEW_ROWS_TRIGGER: {
    poll: {
      config: { spreadsheet_id: 's1' },
      first: [rows(2, [['a'], ['b']])],
      next: [rows(3, [['b'], ['c', 1], [], ['d']])],
      events: [
        {
          id: 'row-4',
          payload: {
            row_number: 4,
            row_data: ['c', 1],
            sheet_name: 'Sheet1',
            detected_at: NOW.toISOString(),
          },
        },
        { id: 'row-6', payload: { row_number: 6, row_data: ['d'] } },
      ],
      again: [rows(6, [['d']])],
    },
  },
  GOOGLESHEETS_CELL_RANGE_VALUES_CHANGED_TRIGGER: {
    poll: {
      config: { spreadsheet_id: 's1', range: 'Sheet1!A1:B2' },
      first: [range([['a']])],
      next: [range([['b']])],
      events: [{ id: 'range:changed:1', payload: { spreadsheet_id: 's1', values: [['b']] } }],
    },
  },
  GOOGLESHEETS_NEW_SHEET_ADDED_TRIGGER: {
    poll: {
      config: { spreadsheet_id: 's1' },
      first: [sheets('One')],
      next: [sheets('One', 'Two')],
      events: [{ id: '1:added:1', payload: { spreadsheet_id: 's1', sheet_id: 1, title: 'Two' } }],
    },
  },
  GOOGLESHEETS_NEW_SPREADSHEET_CREATED_TRIGGER: {
    poll: files('createdTime', ["mimeType = 'application/vnd.google-apps.spreadsheet'"]),
  },
});

const TASKS = 'https://tasks.googleapis.com/tasks/v1';
const tasks = (...items: unknown[]) => ({
  request: `GET ${TASKS}/lists/%40default/tasks?maxResults=100&showCompleted=true&showHidden=true`,
  answer: { items },
});
const task = (id: string, updated: string) => ({ id, title: id, updated, status: 'needsAction' });
const lists = (...items: unknown[]) => ({
  request: `GET ${TASKS}/users/@me/lists?maxResults=1000`,
  answer: { items },
});

describeTriggers(shipped('googletasks'), {
  GOOGLETASKS_NEW_TASK_CREATED_TRIGGER: {
    poll: {
      first: [tasks(task('a', T(1)))],
      next: [tasks(task('b', T(2)), task('a', T(3)))],
      events: [{ id: 'b:added:1', payload: { event_type: 'task_created', task_id: 'b' } }],
    },
  },
  GOOGLETASKS_TASK_UPDATED_TRIGGER: {
    poll: {
      first: [tasks(task('a', T(1)))],
      next: [tasks(task('b', T(2)), task('a', T(3)))],
      events: [{ id: 'a:changed:1', payload: { event_type: 'task_updated', task_id: 'a', updated: T(3) } }],
    },
  },
  GOOGLETASKS_NEW_TASK_LIST_CREATED_TRIGGER: {
    poll: {
      first: [lists()],
      next: [lists({ id: 'l1', title: 'Home' })],
      events: [{ id: 'l1:added:1', payload: { tasklist_id: 'l1', title: 'Home' } }],
    },
  },
});
