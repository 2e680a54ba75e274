import { PatchbayError } from './errors.js';

/** With what the client asks: exactly one of these. */
export type Credential =
  /** A project's key, `ak_…`. */
  | { apiKey: string }
  /** A person's key, `uak_…`, and where it is used: who has one project only need not say. */
  | { userApiKey: string; organisationId?: string; projectId?: string }
  /** The organisation's key, `oak_…`, which manages projects. */
  | { organisationApiKey: string }
  /** For what needs no key: health, the API document, the sign-in of a command line. */
  | { anonymous: true }
  /** A person at the console: the browser's cookie says who they are, and this that a page of ours asks. */
  | { csrfToken: string; organisationId?: string; projectId?: string };

/** @throws PatchbayError for a key that is not there, such as that of a variable that is not set */
export function credentialHeaders(credential: Credential): Record<string, string> {
  const headers = headersOf(credential);
  for (const [name, value] of Object.entries(headers))
    if (!value) throw new PatchbayError(`The client was given nothing to send as ${name}`);
  return headers;
}

function headersOf(credential: Credential): Record<string, string> {
  if ('apiKey' in credential) return { 'x-api-key': credential.apiKey };
  if ('anonymous' in credential) return {};
  if ('organisationApiKey' in credential) return { 'x-org-api-key': credential.organisationApiKey };
  const { organisationId, projectId } = credential;
  return {
    ...('csrfToken' in credential
      ? { 'x-csrf-token': credential.csrfToken }
      : { 'x-user-api-key': credential.userApiKey }),
    ...(organisationId !== undefined && { 'x-org-id': organisationId }),
    ...(projectId !== undefined && { 'x-project-id': projectId }),
  };
}
