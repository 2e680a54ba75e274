import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

/**
 * Reads a compose file the way Compose does, as far as ours needs it: merges, and variables with a default (`:-`) or
 * a message (`:?`). Variables are noted in `used`: by name whether there is one that must be given.
 */
export function readCompose(file, env, used = new Map()) {
  const resolved = (value) => {
    if (typeof value === 'string') return interpolate(value, env, used);
    if (Array.isArray(value)) return value.map(resolved);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]));
  };
  return resolved(parse(readFileSync(file, 'utf8'), { merge: true }));
}

function interpolate(text, env, used) {
  const start = text.search(/\$/);
  if (start < 0) return text;
  const before = text.slice(0, start);
  if (text[start + 1] === '$') return `${before}$${interpolate(text.slice(start + 2), env, used)}`;
  const [, name, rest] = /^\$\{([A-Z][A-Z0-9_]*)(.*)$/s.exec(text.slice(start)) ?? [];
  if (!name) throw new Error(`this check does not know ${text}`);
  const end = closing(rest);
  const [, operator = '', word = ''] = /^(:-|:\?)?(.*)$/s.exec(rest.slice(0, end)) ?? [];
  if (operator === '') throw new Error(`\${${name}} says neither a default nor that it is required`);
  used.set(name, used.get(name) === true || operator === ':?');
  if (operator === ':?' && !env[name]) throw new Error(`required variable ${name} is missing: ${word}`);
  const value = env[name] || interpolate(word, env, used);
  return before + value + interpolate(rest.slice(end + 1), env, used);
}

/** Where the brace that was opened before ends; there may be others inside. */
function closing(text) {
  let depth = 1;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '{') depth++;
    if (text[index] === '}' && --depth === 0) return index;
  }
  throw new Error(`a brace is not closed in ${text}`);
}

/** Says everything that is wrong with the services; `settings` gives the names that a service's program reads. */
export function* complaints(compose, root, settings) {
  const names = Object.keys(compose.services);
  for (const image of OURS) {
    const builders = names.filter(
      (name) => compose.services[name].build && compose.services[name].image === image,
    );
    if (builders.length !== 1) yield `one service should build ${image}, not ${builders.length}`;
  }
  for (const [name, service] of Object.entries(compose.services)) {
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      if (!names.includes(other)) yield `${name} depends on ${other}, which does not exist`;
      else if (condition === 'service_healthy' && !compose.services[other].healthcheck)
        yield `${name} waits for the health of ${other}, which has no check`;
      else if (!shared(service.networks, compose.services[other].networks) && other !== 'migrate')
        yield `${name} depends on ${other} but is in no network with it`;
    }
    for (const network of service.networks)
      if (!(network in compose.networks)) yield `${name}: there is no network ${network}`;
    for (const { source, isFolder } of mounts(service)) {
      if (isFolder && !(source in compose.volumes)) yield `${name}: there is no volume ${source}`;
      if (!isFolder && !existsSync(resolve(root, source))) yield `${name}: there is no file ${source}`;
    }
    if (service.ports && name !== 'gateway') yield `${name} publishes a port`;
    if (service.build && !existsSync(join(root, service.build.context, service.build.dockerfile)))
      yield `${name}: there is no ${service.build.dockerfile}`;
    if (!isOurs(service)) {
      if (!/:\d+\.\d+[^@]*@sha256:[0-9a-f]{64}$/.test(service.image))
        yield `${name}: ${service.image} is not pinned to a version and its digest`;
      continue;
    }
    const program = service.command.find((word) => /\.m?js$/.test(word));
    if (!existsSync(join(root, program))) yield `${name}: there is no ${program}`;
    const known = settings(name);
    for (const variable of Object.keys(service.environment))
      if (!known.includes(variable)) yield `${name} does not read ${variable}`;
  }
}

/** Targets of the Dockerfile. */
const OURS = ['patchbay', 'patchbay-workbench'];

/** Whether it runs an image of ours, and not a stock one. */
export const isOurs = (service) => OURS.includes(service.image);

const shared = (some = [], others = []) => some.some((name) => others.includes(name));

/** A service's volumes: either `name:/folder`, or a file of the repository in the long form. */
export function mounts(service) {
  return (service.volumes ?? []).map((volume) => {
    if (typeof volume !== 'string') return { ...volume, isFolder: false };
    const [source, target] = volume.split(':');
    return { source, target, isFolder: true };
  });
}
