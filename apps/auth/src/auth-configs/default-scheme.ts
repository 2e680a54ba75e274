import { AppError, type AuthScheme } from '@patchbay/contracts';
import {
  type AuthSpec,
  configFieldsOf,
  connectionFieldsOf,
  identifiesItself,
  type InstalledToolkit,
} from '@patchbay/toolkits';
import type { ClientDocuments } from '../oauth/index.js';

/** The scheme of a config for the toolkit's managed app. */
export function managedScheme(toolkit: InstalledToolkit): AuthScheme {
  if (!toolkit.managedApp) throw noAuthConfig(toolkit);
  return 'OAUTH2';
}

type Documents = Pick<ClientDocuments, 'areReadable'>;

/** Those that this installation can use by itself: nobody can sign in by a document that nobody can read. */
function usable({ auth = [] }: InstalledToolkit, { areReadable }: Documents): AuthSpec[] {
  return auth.filter(({ scheme }) => areReadable || scheme !== 'CIMD_OAUTH');
}

export function firstScheme(toolkit: InstalledToolkit, documents: Documents): AuthScheme {
  const { auth } = toolkit;
  return (usable(toolkit, documents)[0] ?? auth?.[0])?.scheme ?? 'NO_AUTH';
}

/** A scheme that needs no OAuth app: the user enters everything when connecting. */
export function schemeWithoutApp(toolkit: InstalledToolkit, documents: Documents): AuthScheme | undefined {
  return usable(toolkit, documents).find(
    (spec) =>
      configFieldsOf(spec).every(({ required }) => !required) &&
      (identifiesItself(spec) || connectionFieldsOf(spec).length > 0),
  )?.scheme;
}

export function noAuthConfig({ slug, name }: InstalledToolkit): AppError {
  return new AppError(
    'no_auth_config',
    `No OAuth app is set up for ${name}, so it cannot be connected yet.`,
    {
      suggestion: `The operator adds ${slug}.oauth2.client_id and client_secret to the file in PATCHBAY_TOOLKIT_OVERRIDES, or the project makes an auth config of its own.`,
    },
  );
}
