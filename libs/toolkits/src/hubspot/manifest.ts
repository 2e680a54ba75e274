import { z } from 'zod';
import { authField } from '../auth-spec.js';
import { icon } from '../icon.js';
import { requestTool, type ToolkitSpec, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import {
  associations,
  CrmObject,
  createTool,
  getTool,
  listTool,
  searching,
  searchTool,
  updateTool,
  type CrmKind,
} from './objects.js';
import { hubspotTriggers } from './triggers/index.js';

const contact: CrmKind = { type: 'contacts', one: 'contact', id: 'contactId', scope: 'contacts' };
const company: CrmKind = { type: 'companies', one: 'company', id: 'companyId', scope: 'companies' };
const deal: CrmKind = { type: 'deals', one: 'deal', id: 'dealId', scope: 'deals' };
const ticket: CrmKind = { type: 'tickets', one: 'ticket', id: 'ticketId', scope: 'tickets' };

const text = (what: string) => z.string().optional().describe(what);
const owner = { hubspot_owner_id: text('Id of the person in charge, of HUBSPOT_RETRIEVE_OWNERS.') };
const place = { city: text('Town.'), state: text('State or region.'), country: text('Country.') };
const timestamp = z.string().optional().describe('When it was or is due, ISO 8601; without it, now.');

/** Notes and tasks are objects of their own that hang on others. */
const activities: ToolSpec[] = [
  requestTool({
    slug: 'HUBSPOT_CREATE_NOTE',
    name: 'Create note',
    description: 'Writes a note into the CRM, on a contact, company, deal or ticket.',
    input: z.object({
      hs_note_body: z.string().min(1).max(65_536).describe('Text of the note; simple HTML is understood.'),
      hs_timestamp: timestamp,
      ...owner,
      associations,
    }),
    output: CrmObject,
    tags: [],
    scopes: ['crm.objects.contacts.write'],
    request: ({ associations: linked = [], hs_timestamp = new Date().toISOString(), ...properties }) => ({
      method: 'POST',
      url: '/crm/v3/objects/notes',
      body: { json: { properties: { ...properties, hs_timestamp }, associations: linked } },
    }),
  }),
  requestTool({
    slug: 'HUBSPOT_CREATE_TASK',
    name: 'Create task',
    description: 'Makes a task in the CRM: to call, to write, or anything to be done.',
    input: z.object({
      hs_task_subject: z.string().min(1).describe('What is to be done.'),
      hs_task_body: text('More about it.'),
      hs_task_status: z
        .enum(['NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'COMPLETED', 'DEFERRED'])
        .default('NOT_STARTED')
        .describe('How far it is.'),
      hs_task_priority: z.enum(['LOW', 'MEDIUM', 'HIGH']).optional().describe('How urgent it is.'),
      hs_task_type: z.enum(['TODO', 'CALL', 'EMAIL']).default('TODO').describe('Its kind.'),
      hs_timestamp: timestamp,
      ...owner,
      associations,
    }),
    output: CrmObject,
    tags: [],
    scopes: ['crm.objects.contacts.write'],
    request: ({ associations: linked = [], hs_timestamp = new Date().toISOString(), ...properties }) => ({
      method: 'POST',
      url: '/crm/v3/objects/tasks',
      body: { json: { properties: { ...properties, hs_timestamp }, associations: linked } },
    }),
  }),
  requestTool({
    slug: 'HUBSPOT_SEARCH_CRM_OBJECTS_BY_CRITERIA',
    name: 'Search CRM objects by criteria',
    description:
      'Finds objects of any kind, also of your own, by words or by conditions on their properties.',
    input: z.object({
      objectType: z.string().min(1).describe('Kind of object, such as contacts or 2-123.'),
      ...searching,
    }),
    output: z.looseObject({ results: z.array(CrmObject) }),
    tags: ['readOnlyHint'],
    scopes: ['crm.objects.contacts.read'],
    request: ({ objectType, ...json }) => ({
      method: 'POST',
      url: path`/crm/v3/objects/${objectType}/search`,
      body: { json },
    }),
  }),
  requestTool({
    slug: 'HUBSPOT_RETRIEVE_OWNERS',
    name: 'Retrieve owners',
    description: 'Lists the people who can be in charge of contacts, deals and the like.',
    input: z.object({
      email: text('Only the one of this address.'),
      limit: z.int().min(1).max(500).optional().describe('How many at most.'),
      after: text('`paging.next.after` of the page before.'),
    }),
    output: z.looseObject({ results: z.array(z.looseObject({ id: z.string() })) }),
    tags: ['readOnlyHint'],
    scopes: ['crm.objects.owners.read'],
    request: (query) => ({ method: 'GET', url: '/crm/v3/owners', query }),
  }),
];

/** https://developers.hubspot.com/docs/api-reference/crm-objects-v3/guide */
export const hubspot: ToolkitSpec = {
  slug: 'hubspot',
  name: 'HubSpot',
  description: 'Contacts, companies, deals, tickets, notes and tasks of the HubSpot CRM.',
  logo: icon('#ff5c35', '<circle cx="14" cy="14" r="4"/><path d="M14 10V5M11 12L6 8"/>'),
  categories: ['crm'],
  version: '20261122_00',
  baseUrl: 'https://api.hubapi.com',
  auth: [
    {
      scheme: 'OAUTH2',
      authorizationUrl: 'https://app.hubspot.com/oauth/authorize',
      tokenUrl: 'https://api.hubapi.com/oauth/v1/token',
      scopes: [
        'oauth',
        ...['contacts', 'companies', 'deals'].flatMap((kind) => [
          `crm.objects.${kind}.read`,
          `crm.objects.${kind}.write`,
        ]),
        'crm.objects.owners.read',
        'tickets',
      ],
    },
    {
      scheme: 'API_KEY',
      placement: { headers: { authorization: 'Bearer {generic_api_key}' } },
      connectionFields: [
        authField('generic_api_key', 'Access token', { secret: true, description: 'Of a private app.' }),
      ],
      helpUrl: 'https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview',
    },
  ],
  currentUser: { path: '/account-info/v3/details', displayName: 'portalId' },
  tools: [
    createTool(
      'HUBSPOT_CREATE_CONTACT',
      contact,
      {
        email: text('E-mail address; no two contacts have the same.'),
        firstname: text('First name.'),
        lastname: text('Last name.'),
        phone: text('Telephone number.'),
        mobilephone: text('Mobile number.'),
        company: text('Name of the firm.'),
        jobtitle: text('What the person does there.'),
        website: text('Website.'),
        lifecyclestage: text('How far along: subscriber, lead, opportunity, customer …'),
        hs_lead_status: text('State as a lead: NEW, OPEN, IN_PROGRESS …'),
        address: text('Street and number.'),
        zip: text('Postcode.'),
        ...place,
        ...owner,
      },
      ['important'],
    ),
    getTool('HUBSPOT_READ_CONTACT', contact),
    updateTool('HUBSPOT_UPDATE_CONTACT', contact),
    listTool('HUBSPOT_LIST_CONTACTS', contact, 5),
    searchTool('HUBSPOT_SEARCH_CONTACTS_BY_CRITERIA', contact, ['important']),
    createTool('HUBSPOT_CREATE_COMPANY', company, {
      name: text('Name of the firm.'),
      domain: text('Its domain, such as example.com.'),
      website: text('Its website.'),
      phone: text('Telephone number.'),
      industry: text('What it does, of the list of HubSpot, such as COMPUTER_SOFTWARE.'),
      description: text('About it.'),
      numberofemployees: text('How many work there.'),
      annualrevenue: text('What it takes in a year.'),
      lifecyclestage: text('How far along.'),
      ...place,
      ...owner,
    }),
    getTool('HUBSPOT_GET_COMPANY', company),
    searchTool('HUBSPOT_SEARCH_COMPANIES', company),
    createTool('HUBSPOT_CREATE_DEAL', deal, {
      dealname: text('Name of the deal.'),
      amount: text('What it is worth.'),
      pipeline: text('Id of the pipeline.'),
      dealstage: text('Id of the stage in it.'),
      closedate: text('When it should close, ISO 8601.'),
      dealtype: text('newbusiness or existingbusiness.'),
      description: text('About it.'),
      ...owner,
    }),
    getTool('HUBSPOT_GET_DEAL', deal),
    updateTool('HUBSPOT_UPDATE_DEAL', deal),
    listTool('HUBSPOT_LIST_DEALS', deal, 10),
    searchTool('HUBSPOT_SEARCH_DEALS', deal),
    createTool('HUBSPOT_CREATE_TICKET', ticket, {
      subject: text('What it is about.'),
      content: text('The whole matter.'),
      hs_pipeline: text('Id of the pipeline.'),
      hs_pipeline_stage: text('Id of the stage in it.'),
      hs_ticket_priority: text('LOW, MEDIUM, HIGH or URGENT.'),
      hs_ticket_category: text('Its kind, of the list of HubSpot.'),
      ...owner,
    }),
    listTool('HUBSPOT_LIST_TICKETS', ticket, 10),
    ...activities,
  ],
  triggers: hubspotTriggers,
};
