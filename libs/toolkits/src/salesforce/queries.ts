import { z } from 'zod';
import { httpTool, type HttpTool } from '../toolkit.js';
import { DATA } from './version.js';

const Found = z.looseObject({
  totalSize: z.int(),
  done: z.boolean(),
  records: z.array(z.looseObject({})),
});

export const queryTools: HttpTool[] = [
  httpTool({
    slug: 'SALESFORCE_RUN_SOQL_QUERY',
    name: 'Run a SOQL query',
    description:
      'Answers the records that a query in SOQL asks for, such as SELECT Id, Name FROM Account LIMIT 10.',
    method: 'GET',
    path: `${DATA}/query`,
    input: z.object({ query: z.string().min(1).describe('The query, in SOQL.') }),
    output: Found,
    places: { query: { in: 'query', name: 'q' } },
    tags: ['important', 'readOnlyHint'],
    scopes: ['api'],
  }),
  httpTool({
    slug: 'SALESFORCE_GET_MORE_RESULTS',
    name: 'Get more results of a query',
    description: 'Answers the next records of a query that was not done.',
    method: 'GET',
    path: `${DATA}/query/{query_locator}`,
    input: z.object({
      query_locator: z.string().min(1).describe('What follows /query/ in its nextRecordsUrl.'),
    }),
    output: Found,
    tags: ['readOnlyHint'],
    scopes: ['api'],
  }),
  httpTool({
    slug: 'SALESFORCE_SEARCH',
    name: 'Search in all objects',
    description:
      'Finds records of any object by words, in SOSL: FIND {Acme} IN ALL FIELDS RETURNING Account(Id, Name).',
    method: 'GET',
    path: `${DATA}/search`,
    input: z.object({ search: z.string().min(1).describe('The search, in SOSL.') }),
    output: z.looseObject({ searchRecords: z.array(z.looseObject({})) }),
    places: { search: { in: 'query', name: 'q' } },
    tags: ['important', 'readOnlyHint'],
    scopes: ['api'],
  }),
  httpTool({
    slug: 'SALESFORCE_GET_USER_INFO',
    name: 'Get the own user',
    description: 'Answers who the account belongs to.',
    method: 'GET',
    path: '/services/oauth2/userinfo',
    input: z.object({}),
    output: z.looseObject({ user_id: z.string() }),
    tags: ['readOnlyHint'],
    scopes: ['openid'],
  }),
  httpTool({
    slug: 'SALESFORCE_GET_LIMITS',
    name: 'Get the limits',
    description: 'Answers how much of its limits the organisation has left, such as requests of a day.',
    method: 'GET',
    path: `${DATA}/limits`,
    input: z.object({}),
    output: z.looseObject({
      DailyApiRequests: z.looseObject({ Max: z.int(), Remaining: z.int() }).optional(),
    }),
    tags: ['readOnlyHint'],
    scopes: ['api'],
  }),
  httpTool({
    slug: 'SALESFORCE_LIST_REPORTS',
    name: 'List reports',
    description: 'Lists the reports that the user has seen lately.',
    method: 'GET',
    path: `${DATA}/analytics/reports`,
    input: z.object({}),
    dataKey: 'reports',
    output: z.object({ reports: z.array(z.looseObject({ id: z.string() })) }),
    tags: ['readOnlyHint'],
    scopes: ['api'],
  }),
  httpTool({
    slug: 'SALESFORCE_RUN_REPORT',
    name: 'Run a report',
    description: 'Runs a report and answers its figures.',
    method: 'GET',
    path: `${DATA}/analytics/reports/{report_id}`,
    input: z.object({
      report_id: z.string().min(1).describe('Id of the report.'),
      include_details: z.boolean().optional().describe('Whether its rows are answered as well.'),
    }),
    output: z.looseObject({ factMap: z.looseObject({}) }),
    places: { include_details: { in: 'query', name: 'includeDetails' } },
    tags: ['readOnlyHint'],
    scopes: ['api'],
  }),
];
