import { isRecord, textOf, withoutEmptyList } from './values.js';

const CAPABILITIES = [
  'tools',
  'resources',
  'prompts',
  'logging',
  'completions',
  'experimental',
  'extensions',
];

/**
 * What a server says of itself when a session begins, brought to what the protocol has. A server that does not say
 * that it has tools is asked for them all the same: many forget to.
 */
export function readHandshake(result: Record<string, unknown>): Record<string, unknown> {
  const { serverInfo, capabilities, instructions, ...rest } = result;
  const info = isRecord(serverInfo) ? serverInfo : {};
  const said = withoutEmptyList(capabilities);
  return {
    ...rest,
    serverInfo: { name: textOf(info['name']) ?? 'unnamed', version: textOf(info['version']) ?? '0' },
    capabilities: { tools: {}, ...(isRecord(said) ? readCapabilities(said) : {}) },
    ...(typeof instructions === 'string' && { instructions }),
  };
}

function readCapabilities(said: Record<string, unknown>): Record<string, unknown> {
  const known = CAPABILITIES.flatMap((name) => {
    const value = said[name] === true ? {} : withoutEmptyList(said[name]);
    return isRecord(value) ? [[name, readFlags(name, value)] as const] : [];
  });
  return Object.fromEntries(known);
}

/** `listChanged` and its like are flags; other members are whatever they are. */
function readFlags(capability: string, value: Record<string, unknown>): Record<string, unknown> {
  if (capability === 'experimental' || capability === 'extensions') {
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]) => {
        const object = withoutEmptyList(inner);
        return isRecord(object) ? [[name, object]] : [];
      }),
    );
  }
  return Object.fromEntries(Object.entries(value).filter(([, flag]) => typeof flag === 'boolean'));
}
