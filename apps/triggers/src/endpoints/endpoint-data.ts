import { AppError, type WebhookSetupField } from '@patchbay/contracts';

export type SetupFields = Readonly<Record<string, WebhookSetupField>>;

/** What lies sealed of an endpoint: what was given, and what its handshake or an app's account taught. */
export interface EndpointSecrets {
  given: Record<string, string>;
  learned: Record<string, string>;
}

/** @throws AppError `invalid_request` that names each field that is not known, or missing */
export function requireFields(fields: SetupFields, data: Record<string, string>): void {
  const unknown = Object.keys(data).filter((name) => !Object.hasOwn(fields, name));
  const issues = [
    ...unknown.map((name) => `data.${name}: is no field of this endpoint`),
    ...missingFields(fields, data).map((name) => `data.${name}: is required`),
  ];
  if (issues.length === 0) return;
  throw new AppError('invalid_request', 'These are not the fields of the endpoint.', {
    issues,
    suggestion: 'GET /api/v3.1/webhook_endpoints/schema?toolkit_slug=… tells them.',
  });
}

export function missingFields(fields: SetupFields, data: Record<string, string>): string[] {
  return Object.entries(fields)
    .filter(([name, { required }]) => required && !data[name])
    .map(([name]) => name);
}

const SHOWN = 4;

/** Of a secret its first characters, as of the secrets of accounts. */
export function maskedData(fields: SetupFields, data: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      fields[name]?.secret === false ? value : masked(value),
    ]),
  );
}

function masked(value: string): string {
  return value.length < SHOWN * 2 ? 'REDACTED' : `${value.slice(0, SHOWN)}...`;
}
