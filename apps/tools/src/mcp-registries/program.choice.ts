import { AppError, type RegistryField } from '@patchbay/contracts';
import { authField, type AuthSpec, type ToolkitProgram } from '@patchbay/toolkits';
import type { PackageForm } from './package.form.js';
import { defaultsForAll, withExample, wrongValues, wrong, type Values } from './values.js';

/** What a toolkit is made of whose server is a program. */
export interface ChosenProgram {
  program: ToolkitProgram;
  /** What is the same for everybody. */
  values: Record<string, string>;
  /** How users say the rest. */
  auth: AuthSpec[];
}

/**
 * A package of an entry with what is the same for everybody. The rest is asked of each user who connects an account, where any of
 * it has to be there or is a secret; what nobody has to say is left as it usually is.
 * @throws AppError `invalid_request` naming each value that it cannot have
 */
export function chosenProgram({ fields, program, refusal }: PackageForm, given: Values): ChosenProgram {
  if (!program) throw new AppError('invalid_request', `The program cannot be run: ${refusal}.`);
  const issues = wrongValues(fields, given);
  if (issues.length > 0) throw wrong(issues);
  const left = fields.filter(({ name }) => !(name in given));
  if (!left.some(({ required, secret }) => required || secret)) {
    return { program, values: { ...defaultsForAll(left), ...given }, auth: [] };
  }
  return { program, values: { ...given }, auth: [signIn(left)] };
}

function signIn(fields: readonly RegistryField[]): AuthSpec {
  return {
    scheme: 'API_KEY',
    placement: { program: fields.map(({ name }) => name) },
    connectionFields: fields.map(({ name, displayName, description, placeholder, ...field }) =>
      authField(name, displayName.slice(0, 100), {
        description: withExample(description, placeholder),
        secret: field.secret,
        required: field.required,
        default: field.default,
        ...(field.choices && { choices: field.choices }),
      }),
    ),
  };
}
