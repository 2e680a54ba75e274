import { z } from 'zod';
import { httpTool, type ArgumentPlace, type HttpTool } from '../toolkit.js';
import { DATA } from './version.js';

const Made = z.looseObject({ id: z.string(), success: z.boolean() });
const text = (what: string) => z.string().optional().describe(what);
const figure = (what: string) => z.number().optional().describe(what);

/** The public arguments are in small letters and underlines, Salesforce's fields are not: AnnualRevenue. */
function fieldsOf(input: z.ZodObject, own: Record<string, string> = {}): Record<string, ArgumentPlace> {
  const fieldOf = (argument: string) =>
    argument.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(
    Object.keys(input.shape).map((argument) => [
      argument,
      { in: 'body', name: own[argument] ?? fieldOf(argument) },
    ]),
  );
}

const lead = z.object({
  last_name: z.string().min(1).describe('Last name.'),
  company: z.string().min(1).describe('Company.'),
  first_name: text('First name.'),
  title: text('What they are there.'),
  email: text('E-mail address.'),
  phone: text('Telephone number.'),
  website: text('Site of the company.'),
  industry: text('Industry of the company.'),
  lead_source: text('Where the lead is from.'),
  status: text('Status of the lead.'),
  rating: text('Hot, Warm or Cold.'),
  annual_revenue: figure('Revenue of the company in a year.'),
  number_of_employees: z.int().optional().describe('How many the company employs.'),
  street: text('Street.'),
  city: text('City.'),
  state: text('State.'),
  postal_code: text('Postal code.'),
  country: text('Country.'),
  description: text('More of it.'),
});
const contact = z.object({
  last_name: z.string().min(1).describe('Last name.'),
  first_name: text('First name.'),
  account_id: text('Id of the account that the contact is of.'),
  email: text('E-mail address.'),
  phone: text('Telephone number.'),
  mobile_phone: text('Mobile number.'),
  title: text('What they are there.'),
  department: text('Department.'),
  lead_source: text('Where the contact is from.'),
  birthdate: text('Day of birth, as 1990-03-01.'),
  mailing_street: text('Street.'),
  mailing_city: text('City.'),
  mailing_state: text('State.'),
  mailing_postal_code: text('Postal code.'),
  mailing_country: text('Country.'),
  description: text('More of it.'),
});
const account = z.object({
  name: z.string().min(1).describe('Name of the account.'),
  type: text('Type, such as Customer.'),
  industry: text('Industry.'),
  phone: text('Telephone number.'),
  fax: text('Fax number.'),
  website: text('Site.'),
  account_source: text('Where the account is from.'),
  annual_revenue: figure('Revenue in a year.'),
  number_of_employees: z.int().optional().describe('How many it employs.'),
  parent_id: text('Id of the account that it belongs to.'),
  billing_street: text('Street.'),
  billing_city: text('City.'),
  billing_state: text('State.'),
  billing_postal_code: text('Postal code.'),
  billing_country: text('Country.'),
  description: text('More of it.'),
});
const opportunity = z.object({
  name: z.string().min(1).describe('Name of the opportunity.'),
  stage_name: z.string().min(1).describe('Stage, such as Prospecting.'),
  close_date: z.string().min(1).describe('Day on which it should be won, as 2026-03-01.'),
  account_id: text('Id of the account.'),
  contact_id: text('Id of the contact.'),
  amount: figure('What it is worth.'),
  probability: figure('How likely it is won, in percent.'),
  type: text('Type.'),
  lead_source: text('Where it is from.'),
  next_step: text('What comes next.'),
  pricebook2_id: text('Id of the price book.'),
  description: text('More of it.'),
});
const task = z.object({
  subject: z.string().min(1).describe('What is to be done.'),
  status: text('Status; Not Started unless said otherwise.'),
  priority: text('High, Normal or Low.'),
  activity_date: text('Day on which it is due, as 2026-03-01.'),
  who_id: text('Id of the lead or contact that it is about.'),
  what_id: text('Id of the account, opportunity or other record that it is about.'),
  owner_id: text('Id of the user who does it.'),
  is_reminder_set: z.boolean().optional().describe('Whether somebody is reminded.'),
  reminder_date_time: text('When, as 2026-03-01T09:00:00Z.'),
  description: text('More of it.'),
});
const changed = z.object({
  opportunity_id: z.string().min(1).describe('Id of the opportunity.'),
  ...opportunity.partial().omit({ pricebook2_id: true }).shape,
});

const create = (
  slug: string,
  name: string,
  description: string,
  object: string,
  input: z.ZodObject,
  own?: Record<string, string>,
) =>
  httpTool({
    slug,
    name,
    description,
    method: 'POST',
    path: `${DATA}/sobjects/${object}`,
    input,
    output: Made,
    places: fieldsOf(input, own),
    tags: ['important'],
    scopes: ['api'],
  });

/** The records that people sell with, by the public arguments. */
export const salesTools: HttpTool[] = [
  create('SALESFORCE_CREATE_LEAD', 'Create a lead', 'Makes a lead and answers its id.', 'Lead', lead),
  create(
    'SALESFORCE_CREATE_CONTACT',
    'Create a contact',
    'Makes a contact and answers its id.',
    'Contact',
    contact,
  ),
  create(
    'SALESFORCE_CREATE_ACCOUNT',
    'Create an account',
    'Makes an account, which is a company or a person, and answers its id.',
    'Account',
    account,
  ),
  create(
    'SALESFORCE_CREATE_OPPORTUNITY',
    'Create an opportunity',
    'Makes an opportunity, which is a deal that may be won, and answers its id.',
    'Opportunity',
    opportunity,
    { pricebook2_id: 'Pricebook2Id' },
  ),
  create('SALESFORCE_CREATE_TASK', 'Create a task', 'Makes a task and answers its id.', 'Task', task),
  httpTool({
    slug: 'SALESFORCE_UPDATE_OPPORTUNITY',
    name: 'Update an opportunity',
    description: 'Changes an opportunity; what is not given stays as it is.',
    method: 'PATCH',
    path: `${DATA}/sobjects/Opportunity/{opportunity_id}`,
    input: changed,
    output: z.looseObject({}),
    places: fieldsOf(changed.omit({ opportunity_id: true })),
    tags: [],
    scopes: ['api'],
  }),
];
