import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { beforeAll, describe, expect, it } from 'vitest';
import * as contracts from '@patchbay/contracts';
import { ACTS } from '../support/acts.js';
import { builtHandlers, ROOT, type Handler } from '../support/built-controllers.mjs';
import { REQUESTS, ROUTES } from '../support/no-administration.js';

const sorted = (names: Iterable<string>) => [...new Set(names)].toSorted();

describe('every request between services', () => {
  const requests = Object.values(contracts).flatMap((value) =>
    typeof value === 'object' && value !== null && 'subject' in value && 'output' in value
      ? [String(value.subject)]
      : [],
  );
  // Those of dead letters are the same for every service that has some: one of each stands for all.
  const deadLetters = [
    contracts.listDeadLetters,
    contracts.resendDeadLetter,
    contracts.discardDeadLetter,
  ].map((contract) => contract('auth').subject);
  const audited = Object.values(contracts.AUDITED)
    .flat()
    .map(({ subject }) => subject.replace(/^[a-z]+\.deadLetters\./, 'auth.deadLetters.'));

  it('leaves an act on the audit, or is known to administer nothing', () => {
    expect(requests.length).toBeGreaterThan(60);
    expect(sorted([...audited, ...REQUESTS.keys()])).toEqual(sorted([...requests, ...deadLetters]));
    expect(audited.filter((subject) => REQUESTS.has(subject))).toEqual([]);
  });

  it('that leaves one is performed by a test, and so is each action of the list', () => {
    expect(sorted(ACTS.map(({ subject }) => subject))).toEqual(sorted(audited));
    const performed = [...ACTS.flatMap(({ actions }) => actions), 'request.refused'];
    expect(sorted(performed)).toEqual(sorted(contracts.AuditAction.options));
  });
});

describe('the gateway', () => {
  let handlers: Handler[] = [];
  beforeAll(async () => {
    handlers = await builtHandlers();
  }, 120_000);

  const pathsOf = (target: object) => {
    const given = Reflect.getMetadata(PATH_METADATA, target) as string | string[] | { path?: string };
    const path = typeof given === 'object' && 'path' in given ? given.path : (given as string | string[]);
    return [path ?? ''].flat();
  };

  it('has no route that changes something without an act, or a reason why it is none', () => {
    const routes = handlers.flatMap(({ method, controller }) => {
      const verb = Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod | undefined;
      if (verb === undefined || verb === RequestMethod.GET) return [];
      return pathsOf(controller).flatMap((base) =>
        pathsOf(method).map((path) => {
          const parts = [base, path].flatMap((part) => part.split('/')).filter(Boolean);
          return `${RequestMethod[verb]} ${parts.join('/')}`;
        }),
      );
    });
    expect(routes.length).toBeGreaterThan(40);
    expect(sorted([...ACTS.map(({ route }) => route), ...ROUTES.keys()])).toEqual(sorted(routes));
  });

  /** Else it goes on when the key of its request is revoked. */
  it('sends no long-lived response without holding it', () => {
    const src = join(ROOT, 'apps', 'gateway', 'src');
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /(?<!\.test)\.tsx?$/.test(file),
    );
    const takes = files.filter((file) =>
      /\.hijack\(\)|\.send\(content\)/.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(sorted(takes)).toEqual([
      'files/file-bytes.controller.ts',
      'logs/exports.service.ts',
      'logs/tail.controller.ts',
      'mcp/transport/http-exchange.ts',
      'playground/playground.controller.ts',
      'trigger-events/event-tail.controller.ts',
    ]);
    const holds = /longLivedResponses\.hold(For)?\(|onStream\?\.\(/;
    expect(takes.filter((file) => !holds.test(readFileSync(join(src, file), 'utf8')))).toEqual([]);
  });
});
