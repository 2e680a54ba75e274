import { VERSION_NEUTRAL, type Type } from '@nestjs/common';
import { PATH_METADATA, VERSION_METADATA } from '@nestjs/common/constants.js';

/** Both prefixes answer alike: `/api/v3/…` and `/api/v3.1/…`. */
export const API_VERSIONS = ['3', '3.1'];

/** The paths of a controller's method, put together from its decorators as Nest does it. */
export function routePaths(
  controller: Type,
  method: object,
  versions: readonly string[] = API_VERSIONS,
): string[] {
  const isNeutral = read(VERSION_METADATA, controller) === VERSION_NEUTRAL;
  const prefixes = isNeutral ? [''] : versions.map((version) => `api/v${version}`);
  const bases = [read(PATH_METADATA, controller) ?? ''].flat() as string[];
  const own = [read(PATH_METADATA, method) ?? ''].flat() as string[];
  return prefixes.flatMap((prefix) =>
    bases.flatMap((base) =>
      own.map((path) => `/${[prefix, base, path].map(trimmed).filter(Boolean).join('/')}`),
    ),
  );
}

function trimmed(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}

function read(key: string, target: object): unknown {
  return Reflect.getMetadata(key, target);
}
