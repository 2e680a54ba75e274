import { describeToolkit, one, shipped } from '../describe-toolkit.js';

const API = 'https://api.airtable.com/v0';
const at = { baseId: 'app1', tableIdOrName: 'To do' };
const TABLE = `${API}/app1/To do`;
const record = { id: 'rec1', fields: { Name: 'Tea' } };
const wrapped = (answer: object) => ({ answer, data: { response_data: answer } });

describeToolkit(shipped('airtable'), [
  one(
    'AIRTABLE_LIST_RECORDS',
    { ...at, filterByFormula: "{State}='Open'", sort: [{ field: 'Name' }] },
    `POST ${TABLE}/listRecords`,
    {
      headers: { authorization: 'Bearer test-token' },
      body: {
        filterByFormula: "{State}='Open'",
        sort: [{ field: 'Name' }],
        pageSize: 100,
        cellFormat: 'json',
        returnFieldsByFieldId: false,
      },
      ...wrapped({ records: [record], offset: 'o' }),
    },
  ),
  one(
    'AIRTABLE_GET_RECORD',
    { ...at, recordId: 'rec1' },
    `GET ${TABLE}/rec1?cellFormat=json&returnFieldsByFieldId=false`,
    wrapped(record),
  ),
  one(
    'AIRTABLE_GET_RECORD',
    { ...at, recordId: 'rec1', cellFormat: 'string', timeZone: 'Europe/Berlin', userLocale: 'de' },
    `GET ${TABLE}/rec1?cellFormat=string&timeZone=Europe/Berlin&userLocale=de&returnFieldsByFieldId=false`,
    wrapped(record),
  ),
  one('AIRTABLE_CREATE_RECORD', { ...at, fields: { Name: 'Tea' } }, `POST ${TABLE}`, {
    body: { fields: { Name: 'Tea' } },
    ...wrapped(record),
  }),
  one(
    'AIRTABLE_CREATE_RECORDS',
    { ...at, records: [{ fields: { Name: 'Tea' } }], typecast: true },
    `POST ${TABLE}`,
    {
      body: { records: [{ fields: { Name: 'Tea' } }], typecast: true },
      ...wrapped({ records: [record] }),
    },
  ),
  one(
    'AIRTABLE_UPDATE_RECORD',
    { ...at, recordId: 'rec1', fields: { Name: 'Milk' } },
    `PATCH ${TABLE}/rec1`,
    {
      body: { fields: { Name: 'Milk' }, returnFieldsByFieldId: false },
      ...wrapped(record),
    },
  ),
  one(
    'AIRTABLE_UPDATE_MULTIPLE_RECORDS',
    { ...at, records: [{ fields: { Name: 'Tea' } }], performUpsert: { fieldsToMergeOn: ['Name'] } },
    `PATCH ${TABLE}`,
    {
      body: { records: [{ fields: { Name: 'Tea' } }], performUpsert: { fieldsToMergeOn: ['Name'] } },
      ...wrapped({ records: [record] }),
    },
  ),
  one(
    'AIRTABLE_DELETE_RECORD',
    { ...at, recordId: 'rec1' },
    `DELETE ${TABLE}/rec1`,
    wrapped({ id: 'rec1', deleted: true }),
  ),
  one(
    'AIRTABLE_DELETE_MULTIPLE_RECORDS',
    { ...at, recordIds: ['a', 'b'] },
    `DELETE ${TABLE}?records[]=a&records[]=b`,
    wrapped({ records: [] }),
  ),
  one('AIRTABLE_CREATE_COMMENT', { ...at, recordId: 'rec1', text: 'Why?' }, `POST ${TABLE}/rec1/comments`, {
    body: { text: 'Why?' },
    ...wrapped({ id: 'com1' }),
  }),
  one(
    'AIRTABLE_LIST_COMMENTS',
    { ...at, recordId: 'rec1' },
    `GET ${TABLE}/rec1/comments`,
    wrapped({ comments: [] }),
  ),
  one('AIRTABLE_LIST_BASES', {}, `GET ${API}/meta/bases`, wrapped({ bases: [] })),
  one(
    'AIRTABLE_GET_BASE_SCHEMA',
    { baseId: 'app1' },
    `GET ${API}/meta/bases/app1/tables`,
    wrapped({ tables: [] }),
  ),
  one(
    'AIRTABLE_CREATE_TABLE',
    { baseId: 'app1', name: 'New', fields: [{ name: 'Name' }] },
    `POST ${API}/meta/bases/app1/tables`,
    {
      body: { name: 'New', fields: [{ name: 'Name', type: 'singleLineText' }] },
      ...wrapped({ id: 'tbl1' }),
    },
  ),
  one(
    'AIRTABLE_CREATE_FIELD',
    { baseId: 'app1', tableId: 'tbl1', name: 'N', type: 'number', options: { precision: 0 } },
    `POST ${API}/meta/bases/app1/tables/tbl1/fields`,
    {
      body: { name: 'N', type: 'number', options: { precision: 0 } },
      ...wrapped({ id: 'fld1' }),
    },
  ),
  one('AIRTABLE_GET_USER_INFO', {}, `GET ${API}/meta/whoami`, { answer: { id: 'usr1' } }),
]);
