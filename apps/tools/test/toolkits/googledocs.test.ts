import { describeToolkit, shipped } from '../describe-toolkit.js';

const API = 'https://docs.googleapis.com/v1/documents';
const DRIVE = 'https://www.googleapis.com/drive/v3/files';
const UPLOAD = 'https://www.googleapis.com/upload/drive/v3/files';
const SHOWN =
  'id%2Ckind%2Cname%2CmimeType%2Cdescription%2Cparents%2Cstarred%2Ctrashed%2CwebViewLink%2CwebContentLink%2CdriveId%2Cversion';
const related = (metadata: object, text: string) =>
  `--patchbay-part\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify(metadata)}\r\n--patchbay-part\r\nContent-Type: text/markdown\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(text).toString('base64')}\r\n--patchbay-part--`;
const mimeType = 'application/vnd.google-apps.document';
const document = { documentId: 'd1', title: 'Plan' };
const change = (requests: object[], replies: object[] = [{}]) => ({
  request: `POST ${API}/d1:batchUpdate`,
  body: { requests },
  answer: { documentId: 'd1', replies },
});

describeToolkit(shipped('googledocs'), [
  {
    tool: 'GOOGLEDOCS_CREATE_DOCUMENT',
    given: { title: 'Plan', text: 'First' },
    asks: [
      { request: `POST ${API}`, body: { title: 'Plan' }, answer: document },
      change([{ insertText: { location: { index: 1 }, text: 'First' } }]),
    ],
    data: { document_id: 'd1', response_data: document },
  },
  {
    tool: 'GOOGLEDOCS_CREATE_DOCUMENT_MARKDOWN',
    given: { title: 'Plan', markdown_text: '# First' },
    asks: [
      {
        request: `POST ${UPLOAD}?uploadType=multipart&supportsAllDrives=true&fields=${SHOWN}`,
        headers: { authorization: 'Bearer test-token' },
        body: related({ name: 'Plan', mimeType }, '# First'),
        answer: { id: 'd1', name: 'Plan' },
      },
    ],
    data: { document_id: 'd1', response_data: { id: 'd1' } },
  },
  {
    tool: 'GOOGLEDOCS_UPDATE_DOCUMENT_MARKDOWN',
    given: { document_id: 'd1', new_markdown_text: '# New' },
    asks: [
      {
        request: `PATCH ${UPLOAD}/d1?uploadType=multipart&supportsAllDrives=true&fields=${SHOWN}`,
        body: related({ mimeType }, '# New'),
        answer: { id: 'd1' },
      },
    ],
    data: { document_id: 'd1' },
  },
  {
    tool: 'GOOGLEDOCS_GET_DOCUMENT_BY_ID',
    given: { id: 'd1' },
    asks: [{ request: `GET ${API}/d1`, answer: document }],
    data: { response_data: document },
  },
  {
    tool: 'GOOGLEDOCS_GET_DOCUMENT_PLAINTEXT',
    given: { document_id: 'd1' },
    asks: [{ request: `GET ${DRIVE}/d1/export?mimeType=text%2Fplain`, answer: 'First words' }],
    data: { document_id: 'd1', plain_text: 'First words' },
  },
  {
    tool: 'GOOGLEDOCS_COPY_DOCUMENT',
    given: { document_id: 'd1', title: 'Copy' },
    asks: [
      {
        request: `POST ${DRIVE}/d1/copy?supportsAllDrives=true`,
        body: { name: 'Copy' },
        answer: { id: 'd2', name: 'Copy' },
      },
    ],
    data: { documentId: 'd2', title: 'Copy' },
  },
  {
    tool: 'GOOGLEDOCS_SEARCH_DOCUMENTS',
    given: { query: 'plan', starred_only: true },
    asks: [
      {
        request: `GET ${DRIVE}?q=mimeType+%3D+%27application%2Fvnd.google-apps.document%27+and+trashed+%3D+false+and+%28name+contains+%27plan%27+or+fullText+contains+%27plan%27%29+and+starred+%3D+true&orderBy=modifiedTime+desc&pageSize=10&supportsAllDrives=true&includeItemsFromAllDrives=true&fields=nextPageToken%2Cfiles%28id%2Cname%2CmimeType%2CcreatedTime%2CmodifiedTime%2Cowners%2CwebViewLink%2Cstarred%2Cshared%29`,
        answer: { files: [{ id: 'd1', name: 'Plan' }] },
      },
    ],
    data: { documents: [{ id: 'd1' }], total_found: 1 },
  },
  {
    tool: 'GOOGLEDOCS_UPDATE_EXISTING_DOCUMENT',
    given: { document_id: 'd1', editDocs: [{ insertPageBreak: { location: { index: 3 } } }] },
    asks: [change([{ insertPageBreak: { location: { index: 3 } } }])],
    data: { document_id: 'd1', replies: [{}] },
  },
  {
    tool: 'GOOGLEDOCS_INSERT_TEXT_ACTION',
    given: { document_id: 'd1', insertion_index: 5, text_to_insert: 'Hi' },
    asks: [change([{ insertText: { location: { index: 5 }, text: 'Hi' } }])],
    data: { document_id: 'd1', status: 'success' },
  },
  {
    tool: 'GOOGLEDOCS_REPLACE_ALL_TEXT',
    given: {
      document_id: 'd1',
      find_text: '{{name}}',
      replace_text: 'Ann',
      match_case: true,
      tab_ids: ['t'],
    },
    asks: [
      change(
        [
          {
            replaceAllText: {
              containsText: { text: '{{name}}', matchCase: true, searchByRegex: false },
              replaceText: 'Ann',
              tabsCriteria: { tabIds: ['t'] },
            },
          },
        ],
        [{ replaceAllText: { occurrencesChanged: 2 } }],
      ),
    ],
    data: { replies: [{ replaceAllText: { occurrencesChanged: 2 } }] },
  },
  {
    tool: 'GOOGLEDOCS_INSERT_TABLE_ACTION',
    given: { documentId: 'd1', rows: 2, columns: 3 },
    asks: [change([{ insertTable: { rows: 2, columns: 3, endOfSegmentLocation: {} } }])],
    data: { documentId: 'd1' },
  },
  {
    tool: 'GOOGLEDOCS_INSERT_INLINE_IMAGE',
    given: { documentId: 'd1', uri: 'https://example.com/a.png', location: { index: 1 } },
    asks: [change([{ insertInlineImage: { uri: 'https://example.com/a.png', location: { index: 1 } } }])],
    data: { documentId: 'd1', status: 'success' },
  },
]);
