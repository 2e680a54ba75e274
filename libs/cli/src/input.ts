import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { UsageError } from './errors.js';
import { parseExactly } from './exact-json.js';

/**
 * What an argument means: `-` is stdin, `@path` a file, and anything else itself.
 * @throws UsageError when it cannot be read
 */
export async function read(argument: string, stdin: NodeJS.ReadStream): Promise<string> {
  if (argument === '-') return text(stdin);
  return argument.startsWith('@') ? readText(argument.slice(1)) : argument;
}

export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}.`, undefined, { cause: error });
  }
}

/**
 * The arguments of a tool: those of a JSON object, and over them `name=text` and `name:=json`.
 * @throws UsageError when they are none
 */
export function toolArguments(json: string | undefined, pairs: readonly string[]): Record<string, unknown> {
  const given = json === undefined ? {} : objectOf(json);
  for (const pair of pairs) {
    const [, name = '', isJson, value = ''] = /^([^=:]+)(:?)=(.*)$/s.exec(pair) ?? [];
    if (!name)
      throw new UsageError(
        `"${pair}" is no argument.`,
        'An argument is name=text, or name:=json for a number, a list, true, null and the like.',
      );
    Object.defineProperty(given, name, {
      value: isJson ? parse(value, `The value of ${name}`) : value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return given;
}

function objectOf(json: string): Record<string, unknown> {
  const value = parse(json, 'What --arguments gives');
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new UsageError(
    'What --arguments gives is no JSON object.',
    'For example --arguments \'{"timezone": "UTC"}\'.',
  );
}

function parse(json: string, what: string): unknown {
  try {
    return parseExactly(json);
  } catch (error) {
    throw new UsageError(`${what} is no JSON: ${(error as Error).message}.`, undefined, { cause: error });
  }
}

/**
 * Values by their names out of the environment variables that are named: not on the command line itself, where other users of
 * the machine could read them.
 */
export function valuesFromEnvironment(
  variables: Record<string, string>,
  env: NodeJS.ProcessEnv,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => {
      const value = env[variable];
      if (!value) throw new UsageError(`The environment variable ${variable} is not set.`);
      return [name, value];
    }),
  );
}
