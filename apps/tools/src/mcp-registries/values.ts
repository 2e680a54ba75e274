import { AppError, type RegistryField } from '@patchbay/contracts';

/** What is the same for everybody, by the field's name. */
export type Values = Readonly<Record<string, string>>;

/** Why values cannot be taken: one line each. */
export function wrongValues(fields: readonly RegistryField[], given: Values): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const field = fields.find((one) => one.name === name);
    if (!field) {
      const known = fields.map((one) => one.name).join(', ');
      return [`${name}: is not asked for${known ? `; there are ${known}` : ''}`];
    }
    if (field.choices && !field.choices.includes(value))
      return [`${name}: must be one of ${field.choices.join(', ')}`];
    return [];
  });
}

/** What is usual, of those that have it. */
export function defaultsForAll(fields: readonly RegistryField[]): Values {
  return Object.fromEntries(
    fields.flatMap(({ name, default: usual }) => (usual === null ? [] : [[name, usual]])),
  );
}

/** A description as a form has it. */
export function withExample(description: string, placeholder: string | null): string {
  const example = placeholder ? `For example: ${placeholder}` : '';
  return [description, example].filter(Boolean).join(' ').slice(0, 500);
}

export function wrong(issues: string[]): AppError {
  return new AppError('invalid_request', `Values cannot be taken: ${issues.join('; ')}`, {
    issues: issues.map((issue) => `source.values.${issue}`),
    suggestion: 'Look at the entry: it says what it asks for.',
  });
}
