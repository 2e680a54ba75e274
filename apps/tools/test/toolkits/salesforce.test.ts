import { describeToolkit, shipped } from '../describe-toolkit.js';

const DATA = 'https://acme.my.salesforce.com/services/data/v62.0';
const made = { id: '001xx', success: true, errors: [] };
const found = { totalSize: 1, done: true, records: [{ Id: '001xx', Name: 'Acme' }] };

describeToolkit(
  shipped('salesforce'),
  [
    {
      tool: 'SALESFORCE_RUN_SOQL_QUERY',
      given: { query: 'SELECT Id FROM Account' },
      asks: [
        {
          request: `GET ${DATA}/query?q=SELECT%20Id%20FROM%20Account`,
          headers: { authorization: 'Bearer test-token' },
          answer: found,
        },
      ],
      data: found,
    },
    {
      tool: 'SALESFORCE_GET_MORE_RESULTS',
      given: { query_locator: '01gxx-2000' },
      asks: [{ request: `GET ${DATA}/query/01gxx-2000`, answer: found }],
      data: found,
    },
    {
      tool: 'SALESFORCE_SEARCH',
      given: { search: 'FIND {Acme} RETURNING Account(Id)' },
      asks: [
        {
          request: `GET ${DATA}/search?q=FIND%20%7BAcme%7D%20RETURNING%20Account%28Id%29`,
          answer: { searchRecords: [{ Id: '001xx' }] },
        },
      ],
      data: { searchRecords: [{ Id: '001xx' }] },
    },
    {
      tool: 'SALESFORCE_GET_USER_INFO',
      asks: [
        {
          request: 'GET https://acme.my.salesforce.com/services/oauth2/userinfo',
          answer: { user_id: '005xx', name: 'Ada' },
        },
      ],
      data: { user_id: '005xx' },
    },
    {
      tool: 'SALESFORCE_GET_LIMITS',
      asks: [
        { request: `GET ${DATA}/limits`, answer: { DailyApiRequests: { Max: 15000, Remaining: 14998 } } },
      ],
      data: { DailyApiRequests: { Remaining: 14998 } },
    },
    {
      tool: 'SALESFORCE_LIST_REPORTS',
      asks: [{ request: `GET ${DATA}/analytics/reports`, answer: [{ id: '00Oxx', name: 'Pipeline' }] }],
      data: { reports: [{ id: '00Oxx' }] },
    },
    {
      tool: 'SALESFORCE_RUN_REPORT',
      given: { report_id: '00Oxx', include_details: true },
      asks: [
        {
          request: `GET ${DATA}/analytics/reports/00Oxx?includeDetails=true`,
          answer: { factMap: { 'T!T': { aggregates: [] } } },
        },
      ],
      data: { factMap: { 'T!T': { aggregates: [] } } },
    },
    {
      tool: 'SALESFORCE_CREATE_LEAD',
      given: { last_name: 'Lovelace', company: 'Acme', annual_revenue: 5, postal_code: 'N1' },
      asks: [
        {
          request: `POST ${DATA}/sobjects/Lead`,
          body: { LastName: 'Lovelace', Company: 'Acme', AnnualRevenue: 5, PostalCode: 'N1' },
          answer: made,
        },
      ],
      data: made,
    },
    {
      tool: 'SALESFORCE_CREATE_CONTACT',
      given: { last_name: 'Lovelace', account_id: '001xx', mailing_city: 'London' },
      asks: [
        {
          request: `POST ${DATA}/sobjects/Contact`,
          body: { LastName: 'Lovelace', AccountId: '001xx', MailingCity: 'London' },
          answer: made,
        },
      ],
      data: made,
    },
    {
      tool: 'SALESFORCE_CREATE_ACCOUNT',
      given: { name: 'Acme', number_of_employees: 3 },
      asks: [
        {
          request: `POST ${DATA}/sobjects/Account`,
          body: { Name: 'Acme', NumberOfEmployees: 3 },
          answer: made,
        },
      ],
      data: made,
    },
    {
      tool: 'SALESFORCE_CREATE_OPPORTUNITY',
      given: { name: 'Deal', stage_name: 'Prospecting', close_date: '2026-03-01', pricebook2_id: '01sxx' },
      asks: [
        {
          request: `POST ${DATA}/sobjects/Opportunity`,
          body: { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-03-01', Pricebook2Id: '01sxx' },
          answer: made,
        },
      ],
      data: made,
    },
    {
      tool: 'SALESFORCE_CREATE_TASK',
      given: { subject: 'Call', who_id: '003xx', is_reminder_set: false },
      asks: [
        {
          request: `POST ${DATA}/sobjects/Task`,
          body: { Subject: 'Call', WhoId: '003xx', IsReminderSet: false },
          answer: made,
        },
      ],
      data: made,
    },
    {
      tool: 'SALESFORCE_UPDATE_OPPORTUNITY',
      given: { opportunity_id: '006xx', stage_name: 'Closed Won' },
      asks: [
        {
          request: `PATCH ${DATA}/sobjects/Opportunity/006xx`,
          body: { StageName: 'Closed Won' },
          status: 204,
          answer: '',
        },
      ],
      data: {},
    },
    {
      tool: 'SALESFORCE_CREATE_A_RECORD',
      given: { sobject: 'Invoice__c', fields: { Name: 'I-1' } },
      asks: [{ request: `POST ${DATA}/sobjects/Invoice__c`, body: { Name: 'I-1' }, answer: made }],
      data: made,
    },
    {
      tool: 'SALESFORCE_GET_RECORD',
      given: { sobject: 'Account', record_id: '001xx', fields: 'Id,Name' },
      asks: [
        {
          request: `GET ${DATA}/sobjects/Account/001xx?fields=Id%2CName`,
          answer: { Id: '001xx', Name: 'Acme' },
        },
      ],
      data: { Id: '001xx', Name: 'Acme' },
    },
    {
      tool: 'SALESFORCE_UPDATE_RECORD',
      given: { sobject: 'Account', record_id: '001xx', fields: { Name: 'Acme' } },
      asks: [
        { request: `PATCH ${DATA}/sobjects/Account/001xx`, body: { Name: 'Acme' }, status: 204, answer: '' },
      ],
      data: {},
    },
    {
      tool: 'SALESFORCE_UPSERT_RECORD',
      given: {
        sobject: 'Account',
        external_id_field: 'Key__c',
        external_id: 'a/1',
        fields: { Name: 'Acme' },
      },
      asks: [
        {
          request: `PATCH ${DATA}/sobjects/Account/Key__c/a%2F1`,
          body: { Name: 'Acme' },
          answer: { ...made, created: true },
        },
      ],
      data: { created: true },
    },
    {
      tool: 'SALESFORCE_DELETE_RECORD',
      given: { sobject: 'Account', record_id: '001xx' },
      asks: [{ request: `DELETE ${DATA}/sobjects/Account/001xx`, status: 204, answer: '' }],
      data: {},
    },
    {
      tool: 'SALESFORCE_GET_ALL_CUSTOM_OBJECTS',
      asks: [{ request: `GET ${DATA}/sobjects`, answer: { sobjects: [{ name: 'Account' }] } }],
      data: { sobjects: [{ name: 'Account' }] },
    },
    {
      tool: 'SALESFORCE_DESCRIBE_OBJECT',
      given: { sobject: 'Account' },
      asks: [
        {
          request: `GET ${DATA}/sobjects/Account/describe`,
          answer: { name: 'Account', fields: [{ name: 'Id' }] },
        },
      ],
      data: { name: 'Account' },
    },
  ],
  { urlValues: { domain: 'acme' } },
);
