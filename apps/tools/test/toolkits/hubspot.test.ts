import { describeToolkit, one, shipped } from '../describe-toolkit.js';

const API = 'https://api.hubapi.com/crm/v3';
const made = { id: '1', properties: {} };
const page = { results: [made], paging: { next: { after: '2' } } };
const links = [
  { to: { id: '9' }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 }] },
];
const filterGroups = [{ filters: [{ propertyName: 'email', operator: 'EQ', value: 'ann@example.com' }] }];

describeToolkit(shipped('hubspot'), [
  one(
    'HUBSPOT_CREATE_CONTACT',
    { email: 'ann@example.com', firstname: 'Ann', custom_properties: { shoe_size: 40 }, associations: links },
    `POST ${API}/objects/contacts`,
    {
      headers: { authorization: 'Bearer test-token' },
      body: {
        properties: { email: 'ann@example.com', firstname: 'Ann', shoe_size: 40 },
        associations: links,
      },
      status: 201,
      answer: made,
    },
  ),
  one('HUBSPOT_CREATE_CONTACT', { email: 'ann@example.com' }, `POST ${API}/objects/contacts`, {
    body: { properties: { email: 'ann@example.com' }, associations: [] },
    status: 409,
    answer: { status: 'error', message: 'Contact already exists. Existing ID: 1', category: 'CONFLICT' },
    error: 'HubSpot answered 409 Conflict: Contact already exists. Existing ID: 1',
  }),
  one(
    'HUBSPOT_READ_CONTACT',
    { contactId: '1', properties: ['email', 'phone'], associations: ['companies'] },
    `GET ${API}/objects/contacts/1?archived=false&properties=email,phone&associations=companies`,
    { answer: made },
  ),
  one(
    'HUBSPOT_UPDATE_CONTACT',
    { contactId: '1', properties: { phone: '1' } },
    `PATCH ${API}/objects/contacts/1`,
    {
      body: { properties: { phone: '1' } },
      answer: made,
    },
  ),
  one('HUBSPOT_LIST_CONTACTS', { after: '5' }, `GET ${API}/objects/contacts?limit=5&after=5&archived=false`, {
    answer: page,
  }),
  one(
    'HUBSPOT_SEARCH_CONTACTS_BY_CRITERIA',
    {
      filterGroups,
      properties: ['email'],
      custom_properties: ['x'],
      sorts: [{ propertyName: 'createdate', direction: 'DESCENDING' }],
    },
    `POST ${API}/objects/contacts/search`,
    {
      body: {
        filterGroups,
        properties: ['email', 'x'],
        sorts: [{ propertyName: 'createdate', direction: 'DESCENDING' }],
        limit: 5,
      },
      answer: { total: 1, ...page },
    },
  ),
  one('HUBSPOT_CREATE_COMPANY', { name: 'Acme', domain: 'acme.example' }, `POST ${API}/objects/companies`, {
    body: { properties: { name: 'Acme', domain: 'acme.example' }, associations: [] },
    answer: made,
  }),
  one('HUBSPOT_GET_COMPANY', { companyId: '1' }, `GET ${API}/objects/companies/1?archived=false`, {
    answer: made,
  }),
  one('HUBSPOT_SEARCH_COMPANIES', { query: 'acme' }, `POST ${API}/objects/companies/search`, {
    body: { query: 'acme', limit: 5 },
    answer: page,
  }),
  one('HUBSPOT_CREATE_DEAL', { dealname: 'Big', amount: '9' }, `POST ${API}/objects/deals`, {
    body: { properties: { dealname: 'Big', amount: '9' }, associations: [] },
    answer: made,
  }),
  one('HUBSPOT_GET_DEAL', { dealId: '1' }, `GET ${API}/objects/deals/1?archived=false`, { answer: made }),
  one('HUBSPOT_UPDATE_DEAL', { dealId: '1', properties: { amount: '8' } }, `PATCH ${API}/objects/deals/1`, {
    body: { properties: { amount: '8' } },
    answer: made,
  }),
  one('HUBSPOT_LIST_DEALS', {}, `GET ${API}/objects/deals?limit=10&archived=false`, { answer: page }),
  one('HUBSPOT_SEARCH_DEALS', { limit: 9 }, `POST ${API}/objects/deals/search`, {
    body: { limit: 9 },
    answer: page,
  }),
  one('HUBSPOT_CREATE_TICKET', { subject: 'Help' }, `POST ${API}/objects/tickets`, {
    body: { properties: { subject: 'Help' }, associations: [] },
    answer: made,
  }),
  one('HUBSPOT_LIST_TICKETS', {}, `GET ${API}/objects/tickets?limit=10&archived=false`, { answer: page }),
  one(
    'HUBSPOT_CREATE_NOTE',
    { hs_note_body: 'Hi', hs_timestamp: '2026-03-01T00:00:00Z', associations: links },
    `POST ${API}/objects/notes`,
    {
      body: { properties: { hs_note_body: 'Hi', hs_timestamp: '2026-03-01T00:00:00Z' }, associations: links },
      answer: made,
    },
  ),
  one(
    'HUBSPOT_CREATE_TASK',
    { hs_task_subject: 'Call', hs_timestamp: '2026-03-01T00:00:00Z' },
    `POST ${API}/objects/tasks`,
    {
      body: {
        properties: {
          hs_task_subject: 'Call',
          hs_task_status: 'NOT_STARTED',
          hs_task_type: 'TODO',
          hs_timestamp: '2026-03-01T00:00:00Z',
        },
        associations: [],
      },
      answer: made,
    },
  ),
  one(
    'HUBSPOT_SEARCH_CRM_OBJECTS_BY_CRITERIA',
    { objectType: '2-7', query: 'x' },
    `POST ${API}/objects/2-7/search`,
    {
      body: { query: 'x', limit: 5 },
      answer: page,
    },
  ),
  one('HUBSPOT_RETRIEVE_OWNERS', { email: 'ann@example.com' }, `GET ${API}/owners?email=ann@example.com`, {
    answer: page,
  }),
]);
