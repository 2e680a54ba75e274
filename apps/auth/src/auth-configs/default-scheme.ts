import { AppError, type AuthScheme } from '@patchbay/contracts';
import { configFieldsOf, connectionFieldsOf, type InstalledToolkit } from '@patchbay/toolkits';

/** The scheme of a config for the toolkit's managed app. */
export function managedScheme(toolkit: InstalledToolkit): AuthScheme {
  if (!toolkit.managedApp) throw noAuthConfig(toolkit);
  return 'OAUTH2';
}

export function firstScheme({ auth }: InstalledToolkit): AuthScheme {
  return auth?.[0]?.scheme ?? 'NO_AUTH';
}

/** A scheme that needs no OAuth app: the user enters everything when connecting. */
export function schemeWithoutApp({ auth = [] }: InstalledToolkit): AuthScheme | undefined {
  return auth.find(
    (spec) =>
      configFieldsOf(spec).every(({ required }) => !required) &&
      (spec.scheme === 'DCR_OAUTH' || connectionFieldsOf(spec).length > 0),
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
