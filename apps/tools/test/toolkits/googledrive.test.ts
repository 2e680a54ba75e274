import { describeToolkit, shipped, storedFiles } from '../describe-toolkit.js';

const API = 'https://www.googleapis.com/drive/v3';
const UPLOAD = 'https://www.googleapis.com/upload/drive/v3';
const SHOWN =
  'id%2Ckind%2Cname%2CmimeType%2Cdescription%2Cparents%2Cstarred%2Ctrashed%2CwebViewLink%2CwebContentLink%2CdriveId%2Cversion';
const file = { id: 'f1', kind: 'drive#file', name: 'plan.txt', mimeType: 'text/plain' };
const related = (metadata: object, mimetype: string, text: string) =>
  `--patchbay-part\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify(metadata)}\r\n--patchbay-part\r\nContent-Type: ${mimetype}\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(text).toString('base64')}\r\n--patchbay-part--`;
storedFiles.set('up/2', { name: 'plan.txt', mimetype: 'text/plain', bytes: Buffer.from('words') });

describeToolkit(shipped('googledrive'), [
  {
    tool: 'GOOGLEDRIVE_FIND_FILE',
    given: { q: "name contains 'plan'", pageSize: 5, fields: 'files(id)' },
    asks: [
      {
        request: `GET ${API}/files?q=name+contains+%27plan%27&pageSize=5&spaces=drive&includeItemsFromAllDrives=false&supportsAllDrives=true&fields=files%28id%29`,
        headers: { authorization: 'Bearer test-token' },
        answer: { files: [file] },
      },
    ],
    data: { files: [file] },
  },
  {
    tool: 'GOOGLEDRIVE_LIST_FILES',
    given: { folderId: "it's", q: 'starred = true' },
    asks: [
      {
        request: String.raw`GET ${API}/files?q=%27it%5C%27s%27+in+parents+and+%28starred+%3D+true%29&pageSize=100&spaces=drive&includeItemsFromAllDrives=false&supportsAllDrives=true`,
        answer: { files: [] },
      },
    ],
    data: { files: [] },
  },
  {
    tool: 'GOOGLEDRIVE_FIND_FOLDER',
    given: { name_exact: 'Plans', starred: true },
    asks: [
      {
        request: `GET ${API}/files?q=mimeType+%3D+%27application%2Fvnd.google-apps.folder%27+and+trashed+%3D+false+and+name+%3D+%27Plans%27+and+starred+%3D+true`,
        answer: { files: [file] },
      },
    ],
    data: { files: [file] },
  },
  {
    tool: 'GOOGLEDRIVE_GET_FILE_METADATA',
    given: { fileId: 'f1', fields: 'id,name' },
    asks: [{ request: `GET ${API}/files/f1?fields=id%2Cname&supportsAllDrives=true`, answer: file }],
    data: file,
  },
  {
    tool: 'GOOGLEDRIVE_GET_ABOUT',
    given: { fields: 'user' },
    asks: [{ request: `GET ${API}/about?fields=user`, answer: { user: { displayName: 'Ann' } } }],
    data: { user: { displayName: 'Ann' } },
  },
  {
    tool: 'GOOGLEDRIVE_LIST_PERMISSIONS',
    given: { fileId: 'f1' },
    asks: [
      {
        request: `GET ${API}/files/f1/permissions?supportsAllDrives=true`,
        answer: { permissions: [{ id: 'p' }] },
      },
    ],
    data: { permissions: [{ id: 'p' }] },
  },
  {
    tool: 'GOOGLEDRIVE_DOWNLOAD_FILE',
    given: { file_id: 'f1' },
    asks: [
      {
        request: `GET ${API}/files/f1?fields=id%2Ckind%2Cname%2CmimeType&supportsAllDrives=true`,
        answer: file,
      },
      { request: `GET ${API}/files/f1?alt=media&supportsAllDrives=true`, answer: 'words' },
    ],
    data: {
      id: 'f1',
      downloaded_file_content: {
        name: 'plan.txt',
        mimetype: 'text/plain',
        s3url: 'https://files.example/stored/plan.txt',
      },
    },
  },
  {
    tool: 'GOOGLEDRIVE_PARSE_FILE',
    when: 'of a document, as Markdown',
    given: { file_id: 'f1', mime_type: 'text/markdown' },
    asks: [
      {
        request: `GET ${API}/files/f1?fields=id%2Ckind%2Cname%2CmimeType&supportsAllDrives=true`,
        answer: { ...file, name: 'Plan', mimeType: 'application/vnd.google-apps.document' },
      },
      { request: `GET ${API}/files/f1/export?mimeType=text%2Fmarkdown`, answer: '# Plan' },
    ],
    data: { file: { name: 'Plan.md', mimetype: 'text/markdown' } },
  },
  {
    tool: 'GOOGLEDRIVE_UPLOAD_FILE',
    given: {
      file_to_upload: { name: 'plan.txt', mimetype: 'text/plain', s3key: 'up/2' },
      folder_to_upload_to: 'd1',
    },
    asks: [
      {
        request: `POST ${UPLOAD}/files?uploadType=multipart&supportsAllDrives=true&fields=${SHOWN}`,
        headers: { 'content-type': 'multipart/related; boundary=patchbay-part' },
        body: related({ name: 'plan.txt', mimeType: 'text/plain', parents: ['d1'] }, 'text/plain', 'words'),
        answer: file,
      },
    ],
    data: file,
  },
  {
    tool: 'GOOGLEDRIVE_UPLOAD_FILE',
    when: 'of a file that is not there',
    given: { file_to_upload: { name: 'a', mimetype: 'text/plain', s3key: 'none' } },
    asks: [],
    error: 'There is no file none.',
  },
  {
    tool: 'GOOGLEDRIVE_CREATE_FILE_FROM_TEXT',
    given: { file_name: 'Plan', text_content: 'ä', mime_type: 'application/vnd.google-apps.document' },
    asks: [
      {
        request: `POST ${UPLOAD}/files?uploadType=multipart&supportsAllDrives=true&fields=${SHOWN}`,
        body: related({ name: 'Plan', mimeType: 'application/vnd.google-apps.document' }, 'text/plain', 'ä'),
        answer: file,
      },
    ],
    data: file,
  },
  {
    tool: 'GOOGLEDRIVE_EDIT_FILE',
    given: { file_id: 'f1', content: 'new words' },
    asks: [
      {
        request: `PATCH ${UPLOAD}/files/f1?uploadType=media&supportsAllDrives=true&fields=${SHOWN}`,
        headers: { 'content-type': 'text/plain' },
        body: 'new words',
        answer: file,
      },
    ],
    data: file,
  },
  {
    tool: 'GOOGLEDRIVE_CREATE_FILE',
    given: { name: 'Sheet', mimeType: 'application/vnd.google-apps.spreadsheet', fields: 'id' },
    asks: [
      {
        request: `POST ${API}/files?supportsAllDrives=true&fields=id`,
        body: { name: 'Sheet', mimeType: 'application/vnd.google-apps.spreadsheet' },
        answer: { id: 'f2' },
      },
    ],
    data: { id: 'f2' },
  },
  {
    tool: 'GOOGLEDRIVE_CREATE_FOLDER',
    given: { folder_name: 'Plans', parent_id: 'd1' },
    asks: [
      {
        request: `POST ${API}/files?supportsAllDrives=true&fields=${SHOWN}`,
        body: { name: 'Plans', mimeType: 'application/vnd.google-apps.folder', parents: ['d1'] },
        answer: file,
      },
    ],
    data: file,
  },
  {
    tool: 'GOOGLEDRIVE_COPY_FILE',
    given: { file_id: 'f1', new_title: 'Copy' },
    asks: [
      {
        request: `POST ${API}/files/f1/copy?supportsAllDrives=true&fields=${SHOWN}`,
        body: { name: 'Copy' },
        answer: file,
      },
    ],
    data: file,
  },
  {
    tool: 'GOOGLEDRIVE_MOVE_FILE',
    given: { file_id: 'f1', add_parents: 'd2' },
    asks: [
      {
        request: `GET ${API}/files/f1?fields=parents&supportsAllDrives=true`,
        answer: { parents: ['d0', 'd1'] },
      },
      {
        request: `PATCH ${API}/files/f1?addParents=d2&removeParents=d0%2Cd1&supportsAllDrives=true&fields=${SHOWN}`,
        body: {},
        answer: file,
      },
    ],
    data: file,
  },
  {
    tool: 'GOOGLEDRIVE_UPDATE_FILE_PUT',
    given: { file_id: 'f1', name: 'Renamed', viewers_can_copy_content: false },
    asks: [
      {
        request: `PATCH ${API}/files/f1?supportsAllDrives=true&fields=${SHOWN}`,
        body: { name: 'Renamed', copyRequiresWriterPermission: true },
        answer: file,
      },
    ],
    data: file,
  },
  {
    tool: 'GOOGLEDRIVE_ADD_FILE_SHARING_PREFERENCE',
    given: { file_id: 'f1', role: 'reader', type: 'user', email_address: 'ann@example.com' },
    asks: [
      {
        request: `POST ${API}/files/f1/permissions?supportsAllDrives=true`,
        body: { role: 'reader', type: 'user', emailAddress: 'ann@example.com' },
        answer: { id: 'p1' },
      },
    ],
    data: { id: 'p1' },
  },
  {
    tool: 'GOOGLEDRIVE_CREATE_COMMENT',
    given: { file_id: 'f1', content: 'Why?', quoted_file_content_value: 'because' },
    asks: [
      {
        request: `POST ${API}/files/f1/comments?fields=*`,
        body: { content: 'Why?', quotedFileContent: { value: 'because' } },
        answer: { id: 'c1', content: 'Why?' },
      },
    ],
    data: { id: 'c1' },
  },
  {
    tool: 'GOOGLEDRIVE_GOOGLE_DRIVE_DELETE_FOLDER_OR_FILE_ACTION',
    given: { fileId: 'f1' },
    asks: [{ request: `DELETE ${API}/files/f1?supportsAllDrives=true`, status: 204, answer: '' }],
    data: { success: true },
  },
]);
