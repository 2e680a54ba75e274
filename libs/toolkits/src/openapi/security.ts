import { headerRefusal } from '@patchbay/contracts';
import { authField, type AuthSpec, type OAuth2Spec, type Placement } from '../auth-spec.js';
import { ImportRefusal, isObject, stringOf, type JsonObject, type OpenApiDocument } from './document.js';

/** A parameter that carries a credential: the account fills it in, never the model. */
export interface CredentialParameter {
  in: string;
  name: string;
}

export interface Security {
  auth: AuthSpec[];
  parameters: CredentialParameter[];
}

const MAX_SCHEMES = 20;

/** The ways of authenticating that a document names, as the toolkit's auth specs. */
export function readSecurity(document: OpenApiDocument, baseUrl: string): Security {
  const components = document.root['components'];
  const schemes =
    isObject(components) && isObject(components['securitySchemes']) ? components['securitySchemes'] : {};
  const auth = new Map<string, AuthSpec>();
  const parameters: CredentialParameter[] = [];
  for (const [key, entry] of Object.entries(schemes).slice(0, MAX_SCHEMES)) {
    const { value } = document.object(entry, `/components/securitySchemes/${key}`);
    if (value['type'] === 'apiKey') parameters.push({ in: String(value['in']), name: String(value['name']) });
    for (const spec of toSpecs(value, key, baseUrl)) {
      // One a scheme: a connection names its scheme only.
      const present = auth.get(spec.scheme);
      auth.set(
        spec.scheme,
        present?.scheme === 'API_KEY' && spec.scheme === 'API_KEY' ? both(present, spec) : (present ?? spec),
      );
    }
  }
  const order = ['OAUTH2', 'BEARER_TOKEN', 'API_KEY', 'BASIC', 'S2S_OAUTH2'];
  return {
    auth: [...auth.values()].sort((a, b) => order.indexOf(a.scheme) - order.indexOf(b.scheme)),
    parameters,
  };
}

function toSpecs(scheme: JsonObject, key: string, baseUrl: string): AuthSpec[] {
  switch (scheme['type']) {
    case 'apiKey':
      return apiKey(scheme, key);
    case 'http':
      return [{ scheme: String(scheme['scheme']).toLowerCase() === 'basic' ? 'BASIC' : 'BEARER_TOKEN' }];
    // Its endpoints are not in the document: a token that was got elsewhere still works.
    case 'openIdConnect':
      return [{ scheme: 'BEARER_TOKEN' }];
    case 'oauth2':
      return isObject(scheme['flows']) ? oauth2(scheme['flows'], baseUrl) : [];
    default:
      return [];
  }
}

type ApiKey = Extract<AuthSpec, { scheme: 'API_KEY' }>;

/** The value's name in the contract; a second key of the same toolkit goes by its own. */
const FIRST_KEY = 'generic_api_key';

function apiKey(scheme: JsonObject, key: string): ApiKey[] {
  const name = stringOf(scheme['name']);
  const place = scheme['in'];
  if (!name || (place !== 'header' && place !== 'query')) return [];
  const refusal = place === 'header' && headerRefusal(name, '');
  if (refusal) throw new ImportRefusal(`/components/securitySchemes/${key}/name`, `${name} ${refusal}`);
  return [
    {
      scheme: 'API_KEY',
      placement: placementOf(place, name, FIRST_KEY),
      connectionFields: [authField(FIRST_KEY, stringOf(scheme['x-displayName']) ?? key, { secret: true })],
    },
  ];
}

function placementOf(place: 'header' | 'query', name: string, field: string): Placement {
  return place === 'header' ? { headers: { [name]: `{${field}}` } } : { query: { [name]: `{${field}}` } };
}

/** Some APIs want two keys at once, such as Trello's key and token. */
function both(first: ApiKey, second: ApiKey): ApiKey {
  const [field] = second.connectionFields;
  if (!field) return first;
  const name = field.displayName.replace(/\W+/g, '_').toLowerCase();
  const rename = (values: Record<string, string> = {}) =>
    Object.fromEntries(Object.keys(values).map((key) => [key, `{${name}}`]));
  return {
    ...first,
    placement: {
      headers: { ...first.placement.headers, ...rename(second.placement.headers) },
      query: { ...first.placement.query, ...rename(second.placement.query) },
    },
    connectionFields: [...first.connectionFields, { ...field, name }],
  };
}

function oauth2(flows: JsonObject, baseUrl: string): AuthSpec[] {
  const specs: AuthSpec[] = [];
  const code = flows['authorizationCode'];
  const authorizationUrl = isObject(code) ? absolute(code['authorizationUrl'], baseUrl) : undefined;
  const tokenUrl = isObject(code) ? absolute(code['tokenUrl'], baseUrl) : undefined;
  if (authorizationUrl && tokenUrl) {
    const spec: OAuth2Spec = { scheme: 'OAUTH2', authorizationUrl, tokenUrl, scopes: [] };
    specs.push(spec);
  }
  const own = flows['clientCredentials'];
  const ownUrl = isObject(own) ? absolute(own['tokenUrl'], baseUrl) : undefined;
  if (ownUrl) specs.push({ scheme: 'S2S_OAUTH2', tokenUrl: ownUrl, scopes: [] });
  return specs;
}

function absolute(url: unknown, baseUrl: string): string | undefined {
  if (typeof url !== 'string') return undefined;
  const parsed = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : undefined;
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.href : undefined;
}
