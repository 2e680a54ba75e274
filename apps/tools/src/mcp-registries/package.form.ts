import type { RegistryServer } from '@patchbay/contracts';
import { packageUrl, type ToolkitProgram } from '@patchbay/toolkits';
import { FieldNames, fieldsIn } from './input.fields.js';
import type { ProgramList } from './listed.programs.js';
import type { ArgumentRecord, InputRecord, NamedInput, PackageRecord, Unreadable } from './server-record.js';

/** A package of an entry: what it asks for, and the program that is made of it; null when it cannot be run. */
export type PackageForm = RegistryServer['packages'][number] & { program: ToolkitProgram | null };

const MAX_FIELDS = 30;
const MAX_ARGUMENTS = 50;
/** Where packages of a kind lie by default: the operator's own index may be another, and has them all the same. */
const USUAL_PLACES: Record<ToolkitProgram['registryType'], RegExp> = {
  npm: /^https:\/\/registry\.npmjs\.org\/?$/,
  pypi: /^https:\/\/pypi\.org(\/simple)?\/?$/,
};
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;
/** They say how a program is run, and what else runs in it: that is not an entry's to say. */
const OF_THE_RUNTIME =
  /^(PATH|HOME|LD_.*|NODE_(OPTIONS|PATH|EXTRA_CA_CERTS)|PYTHON(PATH|HOME|STARTUP|INSPECT)|(HTTPS?|ALL|NO)_PROXY)$/i;

/** Why a package is not what it could be run by. */
class Refusal extends Error {}

/** What a package of an entry is, and what it asks for. Never throws: what cannot be run says why. */
export function packageForm(record: PackageRecord | Unreadable, listed: ProgramList): PackageForm {
  if ('unreadable' in record) {
    const { name: identifier, kind: registryType, unreadable: refusal } = record;
    return { registryType, identifier, version: null, transport: '', fields: [], refusal, program: null };
  }
  const { registryType, identifier, version = null, transport } = record;
  const names = new FieldNames();
  const form = {
    registryType,
    identifier,
    version,
    transport: transport?.type ?? 'stdio',
    fields: names.fields,
  };
  try {
    const kept = templatesOf(record, names);
    const program = { ...requireRunnable(record), ...kept };
    requireListed(program, listed);
    return { ...form, refusal: null, program };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...form, refusal: error.message, program: null };
  }
}

function templatesOf(
  { environmentVariables, packageArguments }: PackageRecord,
  names: FieldNames,
): Pick<ToolkitProgram, 'environment' | 'arguments' | 'flags' | 'lists'> {
  const environment: Record<string, string> = {};
  for (const variable of environmentVariables) {
    const { name } = variable;
    const template = templateOf(variable, { name, place: 'environment' }, names);
    if (!VARIABLE.test(name)) throw new Refusal('it has a variable whose name is none');
    if (OF_THE_RUNTIME.test(name)) throw new Refusal(`its variable ${name} would say how it is run`);
    environment[name] = template;
  }
  const flags: string[] = [];
  const lists: string[] = [];
  const args = packageArguments.map((argument) => {
    const template = templateOf(argument, { name: nameOf(argument), place: 'argument' }, names);
    const [only = '', ...others] = fieldsIn(template);
    if (isFlag(argument)) {
      if (argument.value === 'true') return [argument.name];
      if (argument.value === 'false') return [];
      if (argument.value === undefined) flags.push(only);
    } else if (argument.isRepeated && only && others.length === 0) lists.push(only);
    return argument.type === 'named' ? [argument.name ?? '', template].filter(Boolean) : [template];
  });
  if (names.fields.length > MAX_FIELDS) throw new Refusal(`it asks for more than ${MAX_FIELDS} values`);
  if (args.length > MAX_ARGUMENTS) throw new Refusal(`it has more than ${MAX_ARGUMENTS} arguments`);
  return {
    environment,
    arguments: args.filter((group) => group.length > 0),
    ...(flags.length > 0 && { flags }),
    ...(lists.length > 0 && { lists }),
  };
}

/** What is named and says yes or no is said by being there: hardly a program takes `--write true`. */
function isFlag(argument: ArgumentRecord): argument is ArgumentRecord & { name: string } {
  return argument.type === 'named' && Boolean(argument.name) && argument.format === 'boolean';
}

/** What has a `value` is made of its variables; what has none is what the field says. */
function templateOf(
  input: InputRecord & Pick<NamedInput, 'variables'>,
  owner: { name: string; place: 'environment' | 'argument' },
  names: FieldNames,
): string {
  const { value, variables, description } = input;
  const required = input.isRequired ?? false;
  const secret = input.isSecret ?? false;
  if (value === undefined) return `{${names.whole({ ...input, name: owner.name }, owner.place)}}`;
  const read = names.template(value, variables, { ...owner, undeclared: { required, secret, description } });
  if (!read) throw new Refusal(`its ${owner.place} ${owner.name} has braces that name no variable`);
  for (const field of read.names.map((each) => names.field(each))) {
    // What has to be there needs its values, and what is secret is so by them.
    if (required && field.default === null) field.required = true;
    if (secret) Object.assign(field, { secret: true, default: null });
    field.description ||= description;
  }
  return read.template;
}

function requireRunnable(
  record: PackageRecord,
): Pick<ToolkitProgram, 'registryType' | 'identifier' | 'version'> {
  const { registryType, identifier, version, registryBaseUrl, transport, runtimeArguments } = record;
  if (registryType !== 'npm' && registryType !== 'pypi')
    throw new Refusal('it is a program that is neither of npm nor of PyPI');
  if (transport && transport.type !== 'stdio')
    throw new Refusal('it is a program that opens a port of its own: those of stdio alone are run');
  if (!version || !/^\d[\w.+!-]*$/.test(version))
    throw new Refusal('it is a program, and names no exact version');
  if (registryBaseUrl && !USUAL_PLACES[registryType].test(registryBaseUrl))
    throw new Refusal('it is a program of another index than the public one');
  if (
    runtimeArguments.some(
      ({ value = '', variables }) => Object.keys(variables).length > 0 || /[{}]/.test(value),
    )
  )
    throw new Refusal('it is a program that asks for something for what runs it');
  return { registryType, identifier, version };
}

function requireListed(program: ToolkitProgram, { packages, refusal }: ProgramList): void {
  if (refusal !== null) throw new Refusal(`it is a program. ${withoutEnd(refusal)}`);
  const url = packageUrl(program);
  const found = packages.find((one) => packageUrl(one) === url);
  if (!found) {
    throw new Refusal(
      `it is a program that the operator does not let run: PATCHBAY_STDIO_ALLOWED lacks ${program.registryType}:${program.identifier}@${program.version}`,
    );
  }
  if (found.state === 'failed')
    throw new Refusal(
      `it is a program that could not be installed: ${withoutEnd(found.reason ?? 'no reason is known')}`,
    );
}

const withoutEnd = (words: string) => words.replace(/\.$/, '');

/** A flag without its dashes; a positional argument is called by its hint. */
function nameOf({ type, name, valueHint }: ArgumentRecord): string {
  return (type === 'named' ? name?.replace(/^-+/, '') : valueHint) || 'argument';
}
