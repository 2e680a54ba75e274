import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import 'reflect-metadata';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { PATTERN_HANDLER_METADATA, PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { PatternHandler } from '@nestjs/microservices/enums/pattern-handler.enum.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contracts from '@patchbay/contracts';
import { builtHandlers, ROOT, type Handler } from '../support/built-controllers.mjs';

/* What holds for the whole repository, and would otherwise be kept by memory alone. */

let handlers: Handler[] = [];
beforeAll(async () => {
  handlers = await builtHandlers();
  // Every controller of every app is loaded: that takes its time on a busy machine.
}, 120_000);

const read = <T>(key: string, target: object) => Reflect.getMetadata(key, target) as T | undefined;

function subjectsOf(kind: PatternHandler): (Handler & { subject: string })[] {
  return handlers
    .filter(({ method }) => read<PatternHandler>(PATTERN_HANDLER_METADATA, method) === kind)
    .flatMap((handler) =>
      (read<string[]>(PATTERN_METADATA, handler.method) ?? []).map((subject) => ({ ...handler, subject })),
    );
}

const declared = Object.values(contracts).filter(
  (value): value is typeof value & { subject: string } =>
    typeof value === 'object' && value !== null && 'subject' in value,
);
const requests = declared.filter((contract) => 'output' in contract).map(({ subject }) => subject);
const events = declared.filter((contract) => 'data' in contract).map(({ subject }) => subject);
const signals = declared.filter((contract) => 'signal' in contract).map(({ subject }) => subject);
const sorted = (texts: readonly string[]) => texts.toSorted();

describe('the contracts', () => {
  it('are each declared under a subject of their own, which begins with a service', () => {
    expect(requests.length).toBeGreaterThan(20);
    expect(events.length).toBeGreaterThan(5);
    expect(new Set([...requests, ...events]).size).toBe(requests.length + events.length);
    for (const subject of requests) expect(contracts.SERVICES).toContain(subject.split('.')[0]);
    for (const subject of [...events, ...signals])
      expect(contracts.SERVICES).toContain(subject.split('.')[1]);
  });

  it('have exactly one handler each, and no handler is without one', () => {
    const handled = subjectsOf(PatternHandler.MESSAGE).map(({ subject }) => subject);
    expect(sorted(handled)).toEqual(sorted(requests));
  });

  it('are handled by the service that their subject names', () => {
    const elsewhere = subjectsOf(PatternHandler.MESSAGE).filter(
      ({ service, subject }) => !subject.startsWith(`${service}.`),
    );
    expect(elsewhere).toEqual([]);
  });

  it('are where every event and signal that a service hears is declared', () => {
    const heard = subjectsOf(PatternHandler.EVENT);
    expect(heard.length).toBeGreaterThan(0);
    for (const { subject } of heard) expect([...events, ...signals]).toContain(subject);
  });
});

describe("the gateway's routes", () => {
  const routes = () => handlers.filter(({ method }) => read(METHOD_METADATA, method) !== undefined);

  it('say each who may use them', () => {
    expect(routes().length).toBeGreaterThan(20);
    const silent = routes().filter(
      ({ method, controller }) =>
        !['project', 'organisation', 'session', 'person', 'project_or_person', 'console', 'anyone'].includes(
          read<string>('access', method) ?? read<string>('access', controller) ?? '',
        ),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('say each what a scoped key must be let into', () => {
    const silent = routes().filter(
      ({ method, controller }) =>
        ['project', 'session', 'project_or_person'].includes(
          read<string>('access', method) ?? read<string>('access', controller) ?? '',
        ) &&
        !read('area', method) &&
        !read('area', controller),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('are open to anyone only where somebody without a key must get in', () => {
    const open = routes().filter(
      ({ method, controller }) => (read('access', method) ?? read('access', controller)) === 'anyone',
    );
    const paths = open.map(({ controller }) => read<string>(PATH_METADATA, controller));
    expect(sorted([...new Set(paths.map(String))])).toEqual([
      '.well-known',
      '/',
      'api_key_revocation',
      'cli',
      'console',
      'console/sign-in',
      'console/sign-in/oidc',
      'files',
      'health',
      'link/:token',
      'oauth',
      'oauth/authorize',
      'openapi.json',
      'toolkits/auth',
    ]);
  });

  it('are in the gateway alone: no other service speaks HTTP', () => {
    expect([...new Set(routes().map(({ service }) => service))]).toEqual(['gateway']);
  });
});

describe('who may import whom', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'patchbay-rules-'));
    // What the configuration says of `apps/**` is meant from the folder in which it lies.
    copyFileSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** @returns what the linter says of the file, or nothing when it is content */
  function lint(file: string, text: string): string {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    const oxlint = join(ROOT, 'node_modules', '.bin', 'oxlint');
    const args = ['-c', join(folder, '.oxlintrc.json'), '--deny-warnings', file];
    const { status, stdout, error } = spawnSync(oxlint, args, { cwd: folder, encoding: 'utf8' });
    rmSync(path);
    if (error) throw error;
    return status === 0 ? '' : stdout;
  }

  const FILE = 'apps/gateway/src/sessions/offender.ts';
  const uses = (specifier: string) => `import { thing } from '${specifier}';\nexport const used = thing;\n`;

  it.each([
    '@patchbay/contracts',
    '@patchbay/service',
    '../auth/access.js',
    './session.presenter.js',
    'node:fs',
    '@nestjs/common',
  ])('an app may import %s', (specifier) => {
    expect(lint(FILE, uses(specifier))).toBe('');
  });

  it.each([
    '@patchbay/auth',
    '@patchbay/sessions/dist/app.module.js',
    '../../../auth/src/vault/vault.service.js',
    '../../../tools/dist/catalogue/catalogue.js',
  ])('an app may not import %s of another', (specifier) => {
    expect(lint(FILE, uses(specifier))).toContain('A service knows another only by its contract');
  });

  it('a type or a re-export of another app is no less an import', () => {
    const type = `import type { Vault } from '@patchbay/auth';\nexport type Used = Vault;\n`;
    expect(lint(FILE, type)).toContain('A service knows another only by its contract');
    expect(lint(FILE, `export { Vault } from '@patchbay/auth';\n`)).toContain(
      'A service knows another only by its contract',
    );
  });

  it('no lib may import an app', () => {
    expect(lint('libs/service/src/offender.ts', uses('@patchbay/gateway'))).toContain('by its contract');
  });

  it('the contracts may import nothing of ours', () => {
    const file = 'libs/contracts/src/offender.ts';
    expect(lint(file, uses('@patchbay/service'))).toContain('libs/contracts imports nothing of ours');
    expect(lint(file, uses('@patchbay/auth'))).toContain('libs/contracts imports nothing of ours');
    expect(lint(file, uses('zod'))).toBe('');
    expect(lint(file, uses('./define.js'))).toBe('');
  });
});
