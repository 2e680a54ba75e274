type Document = Record<string, unknown>;

/** Lists of words, as which some write one text. */
const LISTS = /_supported$|^authorization_servers$|^(?:scopes|grant_types|response_types)$/;
const ADDRESSES = /_endpoint$|_uri$|^(?:issuer|resource)$/;

/**
 * A document about a sign-in as it is meant, whatever its type says: without nulls and empty texts, with lists that are
 * lists, addresses that are whole, and what its specification wants and servers leave out.
 * @param place where it was found: what its addresses may be relative to
 * @param url the MCP server that it is about
 * @returns undefined for what is no JSON object, as the page that many servers answer to any address
 */
export function readDocument(text: string, place: URL, url: string): Document | undefined {
  const given = objectIn(text.replace(/^\uFEFF/, ''));
  if (!given) return undefined;
  const mended = Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const read = valueOf(name, value, place);
      return read === undefined ? [] : [[name, read]];
    }),
  );
  const isOfServer = 'token_endpoint' in mended || 'authorization_endpoint' in mended;
  return isOfServer ? { ...defaultsOf(mended), ...mended } : { resource: url, ...mended };
}

/** What the schemas of the specifications require, and is not read here. */
function defaultsOf(server: Document): Document {
  return {
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    jwks_uri: server['token_endpoint'],
  };
}

function valueOf(name: string, value: unknown, place: URL): unknown {
  if (value === null || value === '') return undefined;
  if (value === 'true' || value === 'false') return value === 'true';
  if (LISTS.test(name) && typeof value !== 'boolean') {
    const words = typeof value === 'string' ? value.split(/[\s,]+/) : Array.isArray(value) ? value : [];
    const texts = words.filter((word): word is string => typeof word === 'string' && word !== '');
    return name === 'authorization_servers' ? texts.filter((word) => URL.canParse(word)) : texts;
  }
  if (!ADDRESSES.test(name) || typeof value !== 'string') return value;
  // An issuer is compared as it stands; of the others only a relative one is changed.
  if (URL.canParse(value)) return value;
  return name !== 'issuer' && name !== 'resource' && URL.canParse(value, place.href)
    ? new URL(value, place).href
    : undefined;
}

function objectIn(text: string): Document | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Document)
      : undefined;
  } catch {
    return undefined;
  }
}
