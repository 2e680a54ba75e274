import type { DeclaredAuth, RegistryField } from '@patchbay/contracts';
import { fieldsIn } from './input.fields.js';
import type { RemoteForm } from './remote.form.js';
import { defaultsForAll, withExample, wrong, wrongValues, type Values } from './values.js';

/** What a toolkit is made of: where requests go, what all of them say, and what is asked of users. */
export interface ChosenRemote {
  url: string;
  headers: Record<string, string>;
  auth: DeclaredAuth[] | undefined;
}

/**
 * An address of an entry with what is the same for everybody filled in. The rest is asked of each user who connects an account.
 * @throws AppError `invalid_request` naming each value that is missing, or that it cannot have
 */
export function chosenRemote(form: RemoteForm, given: Values): ChosenRemote {
  const issues = [
    ...wrongValues(form.fields, given),
    ...secretsInQuery(form, given),
    ...missingValues(form, given),
  ];
  if (issues.length > 0) throw wrong(issues);
  const values = { ...usualValues(form, given), ...given };
  const url = filledAddress(form, values);
  const open = (template: string) => fieldsIn(template).some((name) => !(name in values));
  const headers: Record<string, string> = {};
  const asked: Record<string, string> = {};
  for (const [name, template] of Object.entries(form.headers)) {
    if (open(template)) asked[name] = halfFilled(`header ${name}`, template, values, form.fields);
    else headers[name] = filled(template, values);
  }
  const query: Record<string, string> = {};
  const fixed = new URLSearchParams();
  for (const [name, template] of Object.entries(form.query)) {
    if (open(template)) query[name] = halfFilled(`parameter ${name}`, template, values, form.fields);
    else fixed.set(name, filled(template, values));
  }
  const search = fixed.toString();
  const address = search ? `${url}${url.includes('?') ? '&' : '?'}${search}` : url;
  const used = new Set([...Object.values(asked), ...Object.values(query)].flatMap(doublePlaces));
  const inAddress = new Set(fieldsIn(address));
  const fields = form.fields.filter(({ name }) => used.has(name) || inAddress.has(name));
  requireNoneAstray(address, headers, form, given);
  if (fields.length === 0) return { url: address, headers, auth: undefined };
  const needed = fields.some(({ required }) => required);
  const declared = {
    scheme: 'API_KEY' as const,
    headers: asked,
    ...(Object.keys(query).length > 0 && { query }),
    fields: fields.map(({ name, displayName, description, placeholder, secret, required, ...field }) => ({
      name,
      displayName: displayName.slice(0, 100),
      description: withExample(description, placeholder),
      secret,
      required,
      default: field.default,
      ...(field.choices && { choices: field.choices }),
    })),
    ...(!needed && { optional: true }),
  };
  return { url: address, headers, auth: [declared] };
}

function secretsInQuery({ fields, query }: RemoteForm, given: Values): string[] {
  const inQuery = new Set(Object.values(query).flatMap(fieldsIn));
  return fields
    .filter(({ name, secret }) => secret && name in given && inQuery.has(name))
    .map(
      ({ name }) =>
        `${name}: is a secret in the address, where it would be kept in clear: leave it to the accounts of users`,
    );
}

function missingValues({ fields }: RemoteForm, given: Values): string[] {
  return fields
    .filter(({ name, isForAll }) => isForAll && !given[name])
    .map(
      ({ name, displayName }) =>
        `${name}: is required, as it says where everybody's calls go (${displayName})`,
    );
}

/** Where nobody has to be asked, nobody is: what is usual is said for all. */
function usualValues({ fields }: RemoteForm, given: Values): Values {
  if (fields.some(({ name, required }) => required && !(name in given))) return {};
  return defaultsForAll(fields);
}

/** A value for the beginning is an address itself; within one, a value is a name that leads nowhere else. */
function filledAddress({ address, fields }: RemoteForm, values: Values): string {
  const [base = ''] = /^\{[\w-]+\}/.exec(address) ?? [];
  const first = base.slice(1, -1);
  const rest = address.slice(base.length).replaceAll(/\{([\w-]+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value)) return value;
    throw wrong([`${name}: may hold letters, digits, ".", "_" and "-"`]);
  });
  if (!base) return rest;
  const host = URL.parse(values[first] ?? '');
  const isPlain =
    host && /^https?:$/.test(host.protocol) && !host.username && !host.password && !host.search && !host.hash;
  const { displayName = first } = fields.find(({ name }) => name === first) ?? {};
  if (!isPlain)
    throw wrong([`${first}: must be an address such as https://mcp.example.com (${displayName})`]);
  return host.href.replace(/\/+$/, '') + rest;
}

function filled(template: string, values: Values): string {
  return template.replaceAll(/\{([\w-]+)\}/g, (_, name: string) => values[name] ?? '');
}

/** Where some of it is left to users, the rest stands in clear: no secret of all is put there. */
function halfFilled(what: string, template: string, values: Values, fields: RegistryField[]): string {
  const here = fieldsIn(template).filter((name) => name in values);
  const secret = here.find((name) => fields.some((field) => field.name === name && field.secret));
  if (secret) {
    throw wrong([
      `${secret}: the ${what} has other values too: give all of them, or leave this one to users`,
    ]);
  }
  const odd = here.find((name) => /[{}]/.test(values[name] ?? ''));
  if (odd) throw wrong([`${odd}: must hold no braces`]);
  return template.replaceAll(/\{([\w-]+)\}/g, (_, name: string) => values[name] ?? `{{${name}}}`);
}

const doublePlaces = (template: string) =>
  [...template.matchAll(/\{\{([\w-]+)\}\}/g)].map(([, name = '']) => name);

/** A secret of all goes to no host that a user chooses. */
function requireNoneAstray(
  address: string,
  headers: Record<string, string>,
  form: RemoteForm,
  given: Values,
): void {
  const [authority = ''] = /^https?:\/\/[^/?#]*/i.exec(address) ?? [];
  const chosen = fieldsIn(authority);
  const hasSecret = Object.keys(headers).some((name) =>
    fieldsIn(form.headers[name] ?? '').some(
      (field) => field in given && form.fields.some((one) => one.name === field && one.secret),
    ),
  );
  if (chosen.length > 0 && hasSecret) {
    throw wrong(
      chosen.map((name) => `${name}: is required beside a secret for all, which would go wherever users say`),
    );
  }
}
