import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { oidcSeen } from '@patchbay/testing';
import { connectKeyed } from '../support/accounts.js';
import { ANSWERS_FILES } from '../support/answers.js';
import { newComposio } from '../support/composio.js';
import { environments, unique, type Environment } from '../support/environment.js';
import { allEvents } from '../support/events.js';
import { customConfig, inBrowser } from '../support/forms.js';
import { createProject } from '../support/http.js';
import { signInAtOidc } from '../support/oidc.js';

/** What the emulators' tokens, a project's keys and the tokens of links look like. */
const PATTERNS = /gh[opu]_\w{20,}|xox[bp]-[\w-]{20,}|\bo?ak_[\w-]{20,}|\blk_[\w-]{22,}/g;

/** As `keepAnswer` writes them: what an address holds that a browser went to is no answer of ours. */
const Answer = z.object({ url: z.string(), text: z.string() });

async function secretsOf({ keys, passwords, appSecrets, oidcUrl, ...more }: Environment) {
  const { apiKey, orgApiKey, userApiKey } = more;
  const ours = [apiKey, orgApiKey, userApiKey];
  const known = [...Object.values(keys), ...Object.values(passwords), ...appSecrets, ...ours];
  return [...known, ...(await oidcSeen(oidcUrl)).secrets];
}

/** This runs after all other files: it looks at what the whole suite left behind. */
describe('the secrets that the suite used', () => {
  let secrets: string[];

  beforeAll(async () => {
    const composio = newComposio((await createProject(unique('secrets'))).apiKey);
    const user = unique('user_a');
    await connectKeyed(composio, user, await customConfig(composio, 'keyed', 'API_KEY'));
    const session = await composio.create(user, { toolkits: ['keyed', 'strictoidc'] });
    await session.execute('KEYED_WHO_AM_I');
    const request = await session.authorize('strictoidc');
    await inBrowser((page) => signInAtOidc(page, String(request.redirectUrl), unique('person')));
    await session.execute('STRICTOIDC_WHO_AM_I');
    secrets = (await Promise.all(environments.map(secretsOf))).flat();
    expect(secrets.length).toBeGreaterThan(10);
  }, 120_000);

  /** The lines that hold a secret, without the secret. */
  const leaks = (lines: string[], { patterns }: { patterns: boolean }) =>
    lines
      .filter((line) => secrets.some((secret) => line.includes(secret)) || (patterns && line.match(PATTERNS)))
      .map((line) => secrets.reduce((text, secret) => text.replaceAll(secret, '***'), line).slice(0, 300));

  it.each(environments)('are in no line of any log', async ({ home }) => {
    const folder = join(home, 'logs');
    const files = await readdir(folder);
    expect(files).toEqual(expect.arrayContaining(['gateway.log', 'auth.log', 'tools.log']));
    const lines: string[] = [];
    for (const file of files) {
      const text = await readFile(join(folder, file), 'utf8');
      lines.push(...text.split('\n').map((line) => `${file}: ${line}`));
    }
    expect(lines.length).toBeGreaterThan(10);
    expect(leaks(lines, { patterns: true })).toEqual([]);
  });

  it('are in no event', async () => {
    const events = (await Promise.all(environments.map(allEvents))).flat();
    expect(events.length).toBeGreaterThan(3);
    expect(leaks(events, { patterns: true })).toEqual([]);
  });

  it('are in no answer', async () => {
    const files = await Promise.all(
      ANSWERS_FILES.map((file) => readFile(file, { encoding: 'utf8', flag: 'a+' })),
    );
    const answers = files
      .flatMap((file) => file.split('\n').filter(Boolean))
      .map((line) => Answer.parse(JSON.parse(line)));
    expect(answers.length).toBeGreaterThan(5);
    const lines = answers
      // Who begins a sign-in is told its state: the browser takes it to the provider and back.
      .filter(({ url }) => !url.endsWith('/console/sign-in/oidc/begin'))
      .map(({ text }) => text);
    // The keys of new projects and the addresses of links are told once, to who made them.
    expect(leaks(lines, { patterns: false })).toEqual([]);
  });
});
