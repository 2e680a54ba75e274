import type { RegistryServer } from '@patchbay/contracts';
import { FieldNames } from './input.fields.js';
import type { ArgumentRecord, PackageRecord, Unreadable } from './server-record.js';

export type PackageForm = RegistryServer['packages'][number];

const NOT_RUN = 'it is a program: the platform adds servers that have an address';

/** What a package of an entry is, and what it asks for. */
export function packageForm(record: PackageRecord | Unreadable): PackageForm {
  if ('unreadable' in record) {
    const { name: identifier, kind: registryType, unreadable: refusal } = record;
    return { registryType, identifier, version: null, transport: '', fields: [], refusal };
  }
  const { registryType, identifier, version, transport, environmentVariables, packageArguments } = record;
  const names = new FieldNames();
  for (const variable of environmentVariables) {
    if (variable.value === undefined) names.whole(variable, 'environment');
    else
      names.template(variable.value, variable.variables, {
        name: variable.name,
        place: 'environment',
        undeclared: { required: variable.isRequired ?? false, secret: variable.isSecret ?? false },
      });
  }
  for (const argument of packageArguments) {
    const name = nameOf(argument);
    if (argument.value === undefined) names.whole({ ...argument, name }, 'argument');
    else names.template(argument.value, argument.variables, { name, place: 'argument', undeclared: {} });
  }
  return {
    registryType,
    identifier,
    version: version ?? null,
    transport: transport?.type ?? 'stdio',
    fields: names.fields,
    refusal: NOT_RUN,
  };
}

/** A flag without its dashes; a positional argument is called by its hint. */
function nameOf({ type, name, valueHint }: ArgumentRecord): string {
  return (type === 'named' ? name?.replace(/^-+/, '') : valueHint) || 'argument';
}
