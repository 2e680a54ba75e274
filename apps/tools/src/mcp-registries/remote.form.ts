import { headerRefusal, type RegistryField } from '@patchbay/contracts';
import { getDomain } from 'tldts';
import { FieldNames, fieldsIn } from './input.fields.js';
import type { NamedInput, RemoteRecord, Unreadable } from './server-record.js';

/** An address of a server as an entry of a registry says it: what is asked for, and where it goes. `{field}` stands for a value. */
export interface RemoteForm {
  type: string;
  /** As the entry has it. */
  url: string;
  /** Why it cannot be used; null when it can. */
  refusal: string | null;
  fields: RegistryField[];
  /** Where requests go, without the parameters that have a value in them. */
  address: string;
  query: Record<string, string>;
  headers: Record<string, string>;
}

const MAX_HEADERS = 20;
const MAX_FIELDS = 30;
const ADDRESS = /^(https?):\/\/([^/?#\s]+)([^?#\s]*)(?:\?([^#\s]*))?(?:#\S*)?$/i;

/** Why an entry is not what it could be used by. */
class Refusal extends Error {}

/** What an address of an entry asks for. Never throws: what cannot be used says why. */
export function remoteForm(record: RemoteRecord | Unreadable): RemoteForm {
  if ('unreadable' in record) {
    const { name: url, kind: type, unreadable: refusal } = record;
    return { type, url, refusal, fields: [], address: '', query: {}, headers: {} };
  }
  const { type, url } = record;
  const names = new FieldNames();
  const form = { type, url, fields: names.fields };
  try {
    if (type !== 'streamable-http') {
      throw new Refusal(
        type === 'sse'
          ? 'it speaks the transport of 2024 alone (HTTP with SSE)'
          : 'its transport is not known',
      );
    }
    const { address, query } = addressOf(record, names);
    const headers = headersOf(record.headers, names);
    if (names.fields.length > MAX_FIELDS) throw new Refusal(`it asks for more than ${MAX_FIELDS} values`);
    return { ...form, refusal: null, address, query, headers };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...form, refusal: error.message, address: '', query: {}, headers: {} };
  }
}

/** The address with a field in the place of each variable. */
function addressOf(
  { url, variables }: RemoteRecord,
  names: FieldNames,
): Pick<RemoteForm, 'address' | 'query'> {
  const read = names.template(url, variables, {
    name: 'address',
    place: 'address',
    undeclared: { required: true },
  });
  if (!read) throw new Refusal('its address has braces that name no variable');
  const { template } = read;
  if (/^\{[\w-]+\}/.test(template)) return { address: wholeBase(template, names), query: {} };
  const [, scheme = '', authority = '', path = '', query = ''] = ADDRESS.exec(template) ?? [];
  if (!scheme) throw new Refusal('its address is neither http nor https');
  if (authority.includes('@')) throw new Refusal('its address carries a credential');
  const isOfOneOwner = hasOwner(authority);
  for (const name of fieldsIn(authority)) {
    const field = inAddress(names, name);
    // Who may choose the host of everybody's calls, or of what is sent to it, is who adds the server.
    field.isForAll = !isOfOneOwner;
  }
  for (const name of fieldsIn(path)) inAddress(names, name);
  const parameters = query.split('&').filter(Boolean);
  const open = parameters.filter((parameter) => parameter.includes('{'));
  const fixed = parameters.filter((parameter) => !parameter.includes('{'));
  const filled = Object.fromEntries(open.map((parameter) => parameterOf(parameter, names)));
  const search = fixed.length > 0 ? `?${fixed.join('&')}` : '';
  return { address: `${scheme.toLowerCase()}://${authority}${path}${search}`, query: filled };
}

/** An address that begins with a variable: the variable is a server of one's own. */
function wholeBase(template: string, names: FieldNames): string {
  const [name = ''] = fieldsIn(template);
  inAddress(names, name).isForAll = true;
  const rest = template.slice(name.length + 2);
  if (rest !== '' && !rest.startsWith('/'))
    throw new Refusal('its address goes on behind a variable for the host');
  for (const inner of fieldsIn(rest)) {
    if (rest.includes('?')) throw new Refusal('its address has parameters behind a variable for the host');
    inAddress(names, inner);
  }
  return template;
}

/** A part of an address is seen by everybody who sees the address, and cannot be left out. */
function inAddress(names: FieldNames, name: string): RegistryField {
  const field = names.field(name);
  if (field.secret)
    throw new Refusal('it wants a secret in its address, where it would be kept and shown in clear');
  field.required = true;
  return field;
}

/**
 * Whether the part of the host that is fixed belongs to one owner, whatever is put before it: below a public suffix anybody may
 * have a name (https://publicsuffix.org).
 */
function hasOwner(authority: string): boolean {
  const tail = authority.slice(authority.lastIndexOf('}') + 1);
  const [host = ''] = tail.split(':');
  return host.startsWith('.') && getDomain(host.slice(1), { allowPrivateDomains: true }) !== null;
}

function parameterOf(parameter: string, names: FieldNames): [name: string, template: string] {
  const at = parameter.indexOf('=');
  const name = at < 0 ? parameter : parameter.slice(0, at);
  if (name.includes('{')) throw new Refusal('its address has a variable for the name of a parameter');
  const template = parameter.slice(at + 1);
  for (const field of fieldsIn(template)) names.field(field).place = 'query';
  try {
    return [decodeURIComponent(name), decodeURIComponent(template)];
  } catch {
    throw new Refusal('its address has a parameter that cannot be read');
  }
}

function headersOf(headers: NamedInput[], names: FieldNames): Record<string, string> {
  const read: Record<string, string> = {};
  for (const header of headers) {
    const { name, isRequired } = header;
    const template = headerTemplate(header, names);
    const sample = template.replaceAll(/\{[\w-]+\}/g, '');
    const refusal = headerRefusal(name, sample, { isMcp: true });
    if (Object.keys(read).some((other) => other.toLowerCase() === name.toLowerCase()))
      throw new Refusal(`it has the header ${name} twice`);
    if (!refusal) read[name] = template;
    // What the protocol's own client sends anyway is nothing to ask for.
    else if (!headerRefusal(name, sample) || !isRequired) drop(template, names);
    else throw new Refusal(`its header ${name} ${refusal}`);
  }
  if (Object.keys(read).length > MAX_HEADERS) throw new Refusal(`it wants more than ${MAX_HEADERS} headers`);
  return read;
}

/** A header with a `value` is made of its variables; one without is what the field says. */
function headerTemplate(header: NamedInput, names: FieldNames): string {
  const { name, value, variables, isRequired, isSecret, description } = header;
  if (value === undefined) return `{${names.whole(header, 'header')}}`;
  const undeclared = { required: isRequired ?? true, secret: isSecret ?? true, description };
  const read = names.template(value, variables, { name, place: 'header', undeclared });
  if (!read) throw new Refusal(`its header ${name} has braces that name no variable`);
  for (const field of read.names.map((each) => names.field(each))) {
    // A header that has to be there needs its values, and one that is secret is so by them.
    if (isRequired && field.default === null) field.required = true;
    if (isSecret) Object.assign(field, { secret: true, default: null });
    field.description ||= description;
  }
  return read.template;
}

function drop(template: string, names: FieldNames): void {
  const gone = new Set(fieldsIn(template));
  for (let at = names.fields.length - 1; at >= 0; at -= 1) {
    if (gone.has(names.fields[at]?.name ?? '')) names.fields.splice(at, 1);
  }
}
