import { FIELD_PLACE, KEY_FIELD, type DeclaredAuth, type ToolkitAuth } from '@patchbay/contracts';
import { authField, configFieldsOf, connectionFieldsOf, type ApiKeySpec } from './auth-spec.js';

/** The scheme of users' own keys, as it was declared for an MCP server. */
export function keySpec({
  headers,
  query,
  fields,
  displayName = 'API key',
  description = '',
  helpUrl,
}: Extract<DeclaredAuth, { scheme: 'API_KEY' }>): ApiKeySpec {
  const asked = fields ?? [
    { name: KEY_FIELD, displayName, description, secret: true, required: true, default: null },
  ];
  return {
    scheme: 'API_KEY',
    placement: { ...(headers && { headers: placed(headers) }), ...(query && { query: placed(query) }) },
    connectionFields: asked.map(({ name, displayName: words, ...options }) =>
      authField(name, words, options),
    ),
    ...(helpUrl && { helpUrl }),
  };
}

/** What is shown of a sign-in before the server itself was asked: where people will sign in is not known yet. */
export function describeDeclared(declared: readonly DeclaredAuth[]): ToolkitAuth[] {
  return declared.flatMap((one): ToolkitAuth[] => {
    if (one.scheme === 'NO_AUTH') return [];
    const helpUrl = 'helpUrl' in one ? (one.helpUrl ?? null) : null;
    if (one.scheme === 'API_KEY')
      return [
        { scheme: one.scheme, configFields: [], connectionFields: connectionFieldsOf(keySpec(one)), helpUrl },
      ];
    const scheme = one.scheme === 'DISCOVERED' ? 'DCR_OAUTH' : one.scheme;
    return [{ scheme, configFields: configFieldsOf({ scheme }), connectionFields: [], helpUrl }];
  });
}

function placed(places: Record<string, string>): Record<string, string> {
  const filled = Object.entries(places).map(([name, value]) => [name, value.replaceAll(FIELD_PLACE, '{$1}')]);
  return Object.fromEntries(filled) as Record<string, string>;
}
