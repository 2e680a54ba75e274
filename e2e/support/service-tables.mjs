import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import 'reflect-metadata';
import { PATTERN_HANDLER_METADATA, PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { PatternHandler } from '@nestjs/microservices/enums/pattern-handler.enum.js';
import { serviceSettings } from '@patchbay/service';
import { format } from 'oxfmt';
import { getMetadataArgsStorage } from 'typeorm';
import { CONSUMERS, permissionsOf, services } from '../../infra/nats/permissions.mjs';
import style from '../../.oxfmtrc.json' with { type: 'json' };
import { builtHandlers, ROOT } from './built-controllers.mjs';

/*
 * The lists in the apps' READMEs of what a service answers, requests, publishes, subscribes to and owns, from its build. Written by
 * `npm run docs:tables`; a test fails when a README says something else.
 */

const BEGIN = '<!-- Made by `npm run docs:tables` from the code. -->';
const END = '<!-- Until here. -->';

/** @returns what a README is and what it should be, by its path from the root */
export async function readmes() {
  const handlers = await builtHandlers();
  const found = [];
  for (const service of services) {
    const path = `apps/${service}/README.md`;
    const is = readFileSync(join(ROOT, path), 'utf8');
    found.push({ path, is, shouldBe: await renewed(path, is, await listOf(service, handlers)) });
  }
  return found;
}

async function renewed(path, text, list) {
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  if (from < 0 || to < from) throw new Error(`${path} has no place for its list: ${BEGIN} … ${END}`);
  const whole = `${text.slice(0, from)}${BEGIN}\n\n${list}\n\n${text.slice(to)}`;
  return (await format(path, whole, style)).code;
}

async function listOf(service, handlers) {
  const received = subjectsOf(service, PatternHandler.EVENT, handlers);
  const durable = (CONSUMERS[service] ?? []).map(
    ({ durable: name, filter }) => `\`${filter}\` as \`${name}\``,
  );
  const sent = permissionsOf(service).publish.map(([subject]) => subject);
  const rows = {
    answers: grouped(subjectsOf(service, PatternHandler.MESSAGE, handlers)),
    requests: grouped(sent.filter((subject) => isRequest(subject))),
    publishes: grouped(sent.filter((subject) => /^(events|signals)\./.test(subject))),
    'subscribes to': [...grouped(received), ...durable],
    tables: (await entityTables(service)).map((name) => `\`${name}\``),
    settings: (await settingsOf(service)).map((name) => `\`${name}\``),
  };
  const lines = Object.entries(rows)
    .filter(([, cells]) => cells.length > 0)
    .map(([title, cells]) => `- **${title}** ${cells.join(', ')}`);
  return lines.join('\n');
}

const isRequest = (subject) => /^[a-z]+\.\w+\.\w+$/.test(subject) && !/^(events|signals)\./.test(subject);

function subjectsOf(service, kind, handlers) {
  return handlers
    .filter((handler) => handler.service === service)
    .filter(({ method }) => Reflect.getMetadata(PATTERN_HANDLER_METADATA, method) === kind)
    .flatMap(({ method }) => Reflect.getMetadata(PATTERN_METADATA, method) ?? []);
}

/** `a.b.get` and `a.b.list` become `a.b.{get,list}`. @param {string[]} subjects */
function grouped(subjects) {
  const groups = Map.groupBy([...new Set(subjects)].toSorted(), (subject) =>
    subject.slice(0, subject.lastIndexOf('.')),
  );
  return [...groups].map(([start, members]) => {
    const ends = members.map((subject) => subject.slice(start.length + 1));
    return `\`${start}.${ends.length === 1 ? ends[0] : `{${ends.join(',')}}`}\``;
  });
}

/** Tables of its own entities; the outbox and the dead letters are in every schema. */
async function entityTables(service) {
  if (!existsSync(join(ROOT, `apps/${service}/dist/database.js`))) return [];
  const { database } = await import(`../../apps/${service}/dist/database.js`);
  return getMetadataArgsStorage()
    .tables.filter(({ target }) => database.entities.includes(target))
    .map(({ name }) => `${database.schema}.${name}`)
    .toSorted();
}

/** Beside those of every service. */
async function settingsOf(service) {
  const config = await import(`../../apps/${service}/dist/config.js`);
  const schema = config[`${service}Config`];
  return Object.keys(schema.shape ?? schema.in?.shape)
    .filter((name) => !(name in serviceSettings))
    .toSorted();
}
