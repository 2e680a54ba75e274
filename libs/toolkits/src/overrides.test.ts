import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedToolkits, SHIPPED_TOOLKITS } from './catalogue.js';
import { applyOverrides, readOverrides } from './overrides.js';

const SECRET = 'hunter2-do-not-show';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-overrides-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(text: string): string {
  const file = join(folder, 'overrides.yaml');
  writeFileSync(file, text);
  return file;
}

const installedWith = (text: string) => installedToolkits({ PATCHBAY_TOOLKIT_OVERRIDES: fileOf(text) });

async function refusalOf(text: string): Promise<Error> {
  try {
    await installedWith(text);
  } catch (error) {
    return error as Error;
  }
  throw new Error('The overrides were taken');
}

describe('the overrides file', () => {
  it('changes nothing where there is none, or an empty one', async () => {
    expect(await installedToolkits({})).toEqual(SHIPPED_TOOLKITS);
    expect(await installedWith('')).toEqual(SHIPPED_TOOLKITS);
    expect(await installedWith('github:\n')).toEqual(SHIPPED_TOOLKITS);
  });

  it('points a toolkit elsewhere and gives it an app, and leaves the rest as it ships', async () => {
    const text = `
github:
  base_url: https://github.example.com/api/v3
  oauth2:
    client_id: my-app
    client_secret: ${SECRET}
    token_url: https://github.example.com/login/oauth/access_token
    scopes: [repo]`;
    const installed = await installedWith(text);
    const github = installed.find(({ slug }) => slug === 'github');
    const shipped = SHIPPED_TOOLKITS.find(({ slug }) => slug === 'github');
    expect(github).toMatchObject({
      baseUrl: 'https://github.example.com/api/v3',
      managedApp: { clientId: 'my-app', clientSecret: SECRET },
      auth: [
        {
          authorizationUrl: 'https://github.com/login/oauth/authorize',
          tokenUrl: 'https://github.example.com/login/oauth/access_token',
          scopes: ['repo'],
        },
        ...(shipped?.auth?.slice(1) ?? []),
      ],
    });
    expect(installed.filter((toolkit) => toolkit !== github)).toEqual(
      SHIPPED_TOOLKITS.filter((toolkit) => toolkit !== shipped),
    );
    expect(shipped?.baseUrl).toBe('https://api.github.com');
  });

  it('makes no managed app of a secret without a client id', async () => {
    const [github] = await installedWith(`github: { oauth2: { client_secret: ${SECRET} } }`);
    expect(github?.managedApp).toBeUndefined();
  });

  it('is refused with the name of the setting when it is not there', () => {
    expect(() => readOverrides(join(folder, 'nowhere.yaml'))).toThrow(
      /^PATCHBAY_TOOLKIT_OVERRIDES: .*nowhere\.yaml cannot be read: ENOENT$/,
    );
  });

  it.each([
    ['an unknown toolkit', `githbu: { oauth2: { client_secret: ${SECRET} } }`, 'githbu'],
    ['an unknown field', `github: { oauth2: { client_secrets: ${SECRET} } }`, 'github.oauth2'],
    ['a wrong address', `github: { base_url: "ftp://user:${SECRET}@example.com" }`, 'github.base_url'],
    ['a secret that is no text', `github: { oauth2: { client_secret: [${SECRET}] } }`, 'client_secret'],
    ['an app for a toolkit without accounts', `time: { oauth2: { client_id: ${SECRET} } }`, 'time'],
    ['something else than toolkits', `- ${SECRET}`, 'expected record'],
    ['broken YAML', `github:\n  oauth2: { client_secret: "${SECRET}`, 'not valid YAML at line 2'],
  ])('refuses %s, naming the place and no values', async (_, text, place) => {
    const error = await refusalOf(text);
    expect(error.message).toContain('PATCHBAY_TOOLKIT_OVERRIDES');
    expect(error.message).toContain(place);
    // As node prints it when it ends the start, with stack and causes.
    expect(inspect(error)).not.toContain(SECRET);
  });
});

describe('applyOverrides', () => {
  it('names every toolkit that does not exist', () => {
    expect(() => applyOverrides(SHIPPED_TOOLKITS, { slak: {}, gmial: null })).toThrow(/slak, gmial/);
  });
});
