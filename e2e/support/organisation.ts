import { environment } from './environment.js';
import { call, type Answer, type Call } from './http.js';

/** A request with the organisation's key. */
export function asOrganisation(path: string, options: Call = {}): Promise<Answer> {
  return call(path, { ...options, apiKey: null, headers: { 'x-org-api-key': environment.orgApiKey } });
}
