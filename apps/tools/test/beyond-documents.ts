/**
 * What hand-written tools ask that the document we have does not: by toolkit, a breach and what the provider's
 * own reference says of it. Toolkits without a document at all stand in no list; their rows were written from the reference.
 */
const NEWER = 'newer than the document';
const MEDIA = 'the document lists only the upload of a file; the reference has JSON as well';
const UPLOAD = "Google's upload address, which the document leaves out";

export const BEYOND_DOCUMENTS: Record<string, readonly (readonly [breach: string, why: string])[]> = {
  asana: [
    [
      'POST /projects: data.workspace is string, not object',
      'the id is what is sent; the document means the answer',
    ],
  ],
  github: [
    ['POST https://api.github.com/graphql: no such operation', 'GraphQL'],
    [
      'POST https://api.github.com/markdown/raw: no such operation',
      'left out of the import: a body that is no JSON',
    ],
    [
      'GET https://api.github.com/octocat: no such operation',
      'left out of the import: an answer that is no JSON',
    ],
    ['POST https://uploads.github.com/', 'left out of the import: at another address'],
  ],
  gmail: [
    ['POST https://gmail.googleapis.com/gmail/v1/users/me/drafts: no such operation', MEDIA],
    ['POST https://gmail.googleapis.com/gmail/v1/users/me/drafts/send: no such operation', MEDIA],
    ['POST https://gmail.googleapis.com/gmail/v1/users/me/messages/send: no such operation', MEDIA],
    ['GET https://people.googleapis.com/', 'the People API, of which no document ships'],
  ],
  googledocs: [
    [
      'POST /v1/documents/{documentId}:batchUpdate: unknown field: requests[0].replaceAllText.tabsCriteria',
      NEWER,
    ],
    ['POST https://www.googleapis.com/upload/', UPLOAD],
    ['PATCH https://www.googleapis.com/upload/', UPLOAD],
    [
      'GET https://www.googleapis.com/drive/v3/files/d1/export: no such operation',
      'left out of the import: a file',
    ],
  ],
  googledrive: [
    ['POST https://www.googleapis.com/drive/v3/files: no such operation', MEDIA],
    ['PATCH https://www.googleapis.com/drive/v3/files/f1: no such operation', MEDIA],
    ['POST https://www.googleapis.com/upload/', UPLOAD],
    ['PATCH https://www.googleapis.com/upload/', UPLOAD],
    [
      'GET https://www.googleapis.com/drive/v3/files/f1/export: no such operation',
      'left out of the import: a file',
    ],
  ],
  googletasks: [
    ['POST /tasks/v1/lists/{tasklist}/tasks/{task}/move: unknown query destinationTasklist', NEWER],
  ],
  jira: [
    ['/rest/agile/1.0/', 'the API of Jira Software, whose document is another'],
    ['/rest/api/3/search/jql: no such operation', NEWER],
    ['PUT /rest/api/3/issue/{issueIdOrKey}: unknown query returnIssue', NEWER],
    [
      '/issue/ENG-1/attachments: no such operation',
      'left out of the import: a form that is a file as a whole',
    ],
  ],
  slack: [
    ['POST /chat.postMessage: unknown argument markdown_text', NEWER],
    ['POST https://slack.com/api/files.getUploadURLExternal: no such operation', NEWER],
    ['POST https://slack.com/api/files.completeUploadExternal: no such operation', NEWER],
    ['POST https://files.slack.com/', 'the address that the step before answered'],
  ],
  trello: [['GET /search: without idOrganizations', 'optional in the reference']],
  zoom: [
    ['POST /users/{userId}/meetings: unknown field pre_schedule', NEWER],
    ['POST /users/{userId}/meetings: unknown field default_password', NEWER],
    [
      'POST /users/{userId}/meetings: recurrence.weekly_days is 2,4, which it cannot be',
      'several days are joined by commas, as the text beside says',
    ],
  ],
};
