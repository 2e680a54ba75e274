import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { AppError, hasParts } from '@patchbay/contracts';
import type { AllowedPackage } from './stdio.settings.js';
import { pythonName } from './stdio.settings.js';

/**
 * The commands of an installed package, each with what runs it: of npm the file, from the package's folder on; of PyPI
 * `module:function`, as its entry points say.
 */
export type Commands = Record<string, string>;

/** @throws Error when it has none, and so is no program */
export async function commandsOf(folder: string, wanted: AllowedPackage): Promise<Commands> {
  const found =
    wanted.registryType === 'npm'
      ? await npmCommands(folder, wanted.identifier)
      : await pythonCommands(folder, wanted.identifier);
  if (Object.keys(found).length === 0) throw new Error('the package has no command that could be run');
  return found;
}

/**
 * The command that is asked for; else the one that is called as the package is, or the only one.
 * @throws AppError `invalid_request`
 */
export function chosenCommand(
  commands: Commands,
  { registryType, identifier }: Pick<AllowedPackage, 'registryType' | 'identifier'>,
  asked: string | undefined,
): { name: string; target: string } {
  const names = Object.keys(commands);
  const own = registryType === 'npm' ? identifier.split('/').at(-1) : pythonName(identifier);
  const name =
    asked ??
    names.find((one) => (registryType === 'npm' ? one : pythonName(one)) === own) ??
    (names.length === 1 ? names[0] : undefined);
  const target = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (name !== undefined && target !== undefined) return { name, target };
  throw new AppError(
    'invalid_request',
    asked === undefined
      ? `${identifier} has several commands, and none is called as it is.`
      : `${identifier} has no command ${asked}.`,
    { suggestion: `Name one of its commands: ${names.join(', ')}.` },
  );
}

async function npmCommands(folder: string, identifier: string): Promise<Commands> {
  const root = `node_modules/${identifier}`;
  const manifest: unknown = JSON.parse(await readFile(join(folder, root, 'package.json'), 'utf8'));
  const bin = hasParts(manifest) && 'bin' in manifest ? manifest.bin : undefined;
  const unscoped = identifier.split('/').at(-1) ?? identifier;
  const entries: [string, unknown][] =
    typeof bin === 'string' ? [[unscoped, bin]] : hasParts(bin) ? Object.entries(bin) : [];
  return Object.fromEntries(
    entries
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      .map(([name, file]) => [name, posix.join(root, file)] as const)
      .filter(([, file]) => file.startsWith(`${root}/`)),
  );
}

const SCRIPT = /^([A-Za-z0-9][\w.-]*)\s*=\s*([\w.]+:[\w.]+)\s*(?:\[.*)?$/;

async function pythonCommands(folder: string, identifier: string): Promise<Commands> {
  const own = (await readdir(folder)).find(
    (name) =>
      name.endsWith('.dist-info') && pythonName(name.split('-').at(0) ?? '') === pythonName(identifier),
  );
  if (!own) throw new Error('the package is not among what was installed');
  const text = await readFile(join(folder, own, 'entry_points.txt'), 'utf8').catch(() => '');
  const section = /^\[console_scripts\]\s*$([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(text)?.[1] ?? '';
  return Object.fromEntries(
    section.split('\n').flatMap((line) => {
      const [, name, target] = SCRIPT.exec(line.trim()) ?? [];
      return name && target ? [[name, target]] : [];
    }),
  );
}
