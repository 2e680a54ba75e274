import { randomBytes } from 'node:crypto';

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests by jest, whose global set-up sets it.`);
  return value;
}

/** Where the shared platform and its GitHub emulator are. */
export const environment = {
  baseUrl: required('E2E_BASE_URL'),
  apiKey: required('E2E_API_KEY'),
  orgApiKey: required('E2E_ORG_API_KEY'),
  home: required('E2E_HOME'),
  githubUrl: required('E2E_GITHUB_URL'),
};

/** A name that no other test uses: the files share one platform, and nothing is cleaned up between them. */
export function unique(name: string): string {
  return `${name}-${randomBytes(5).toString('hex')}`;
}
