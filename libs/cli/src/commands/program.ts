import { InvalidArgumentError } from '@commander-js/extra-typings';
import { programSource, type ProgramSource } from '@patchbay/client';
import type { Cli } from '../cli.js';
import { UsageError } from '../errors.js';
import { valuesFromEnvironment } from '../input.js';

export interface ProgramOptions {
  argument?: string[] | undefined;
  valueEnv?: Record<string, string> | undefined;
  ask?: string[] | undefined;
}

/** The source of a toolkit whose MCP server is a program. */
export function programOf(
  text: string,
  { argument, valueEnv, ask }: ProgramOptions,
  cli: Cli,
): ProgramSource {
  const source = programSource({
    package: text,
    arguments: argument ?? [],
    environment: valuesFromEnvironment(valueEnv ?? {}, cli.env),
    asked: ask ?? [],
  });
  if (source) return source;
  throw new UsageError(
    `${text} is no package in one version.`,
    'It looks like npm:@acme/server@1.2.3 or pypi:acme-server@1.2.3.',
  );
}

export const several = (text: string, before: string[] = []): string[] => [...before, text];

export function variable(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, from] = /^([A-Za-z_]\w*)=([A-Za-z_]\w*)$/.exec(text) ?? [];
  if (!name || !from)
    throw new InvalidArgumentError(
      'It is a variable of the program and one here, such as ACME_TOKEN=MY_TOKEN.',
    );
  return { ...before, [name]: from };
}
