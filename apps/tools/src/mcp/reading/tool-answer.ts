import { isSpecType, type ContentBlock } from '@modelcontextprotocol/client';
import { isRecord, textOf, withoutNulls } from './values.js';

/** Marks a block of which the client library would not keep everything: the value is all of it. */
const WHOLE_BLOCK = 'patchbay.dev/block';
/** Members that blocks of some type have: the client library takes others away. */
const MEMBERS = new Set(
  'type text data mimeType annotations _meta resource uri name title description size icons'.split(' '),
);
/** What an answer may have beside its content. */
const ENVELOPE = new Set(['_meta', 'resultType', 'ttlMs', 'cacheScope']);

/**
 * What a tool answered, brought to what the protocol has, with nothing of it lost: a block of another type goes on as
 * it is, a bare text or object where a list of blocks should be is taken for one, and so is what stands beside them.
 */
export function readToolAnswer(answer: Record<string, unknown>): Record<string, unknown> {
  const { toolResult: wrapped } = answer;
  // An early revision had an answer in an answer.
  const result =
    isRecord(wrapped) && 'content' in wrapped && answer['content'] === undefined ? wrapped : answer;
  const { content, structuredContent, toolResult, isError, _meta, ...others } = result;
  const beside = Object.fromEntries(Object.entries(others).filter(([name]) => !ENVELOPE.has(name)));
  const blocks = blocksOf(content);
  const structured =
    structuredContent ?? toolResult ?? (blocks.length === 0 && hasAny(beside) ? beside : undefined);
  return {
    ...others,
    ...(isRecord(_meta) && { _meta }),
    content: blocks,
    // As the protocol's own servers put what is no object where older clients expect one.
    ...(structured !== undefined && {
      structuredContent: isRecord(structured) ? structured : { result: structured },
    }),
    ...(isTrue(isError) && { isError: true }),
  };
}

/** All of a block, as its server sent it. */
export function wholeBlock(block: ContentBlock): unknown {
  return block._meta?.[WHOLE_BLOCK] ?? block;
}

/** Whether a client of the protocol can be given the block; any other is in the data alone. */
export function isProtocolBlock(block: ContentBlock): boolean {
  const whole = wholeBlock(block);
  return isRecord(whole) && whole['type'] === block.type;
}

/** The block as clients may see it. */
export function withoutMark(block: ContentBlock): ContentBlock {
  const { [WHOLE_BLOCK]: _, ...meta } = block._meta ?? {};
  return { ...block, _meta: hasAny(meta) ? meta : undefined };
}

function blocksOf(content: unknown): ContentBlock[] {
  if (content === undefined || content === null) return [];
  if (Array.isArray(content)) return content.map(readBlock);
  return [isRecord(content) ? readBlock(content) : readBlock(textOf(content) ?? content)];
}

function readBlock(given: unknown): ContentBlock {
  if (typeof given === 'string') return { type: 'text', text: given };
  if (!isRecord(given)) return standingFor(given);
  const mended = mend(withoutNulls(given));
  // Whom a block is meant for, and how much it matters, is worth less than what it says.
  const { annotations: _annotations, _meta: _ours, ...bare } = mended;
  const block = [mended, bare].find(isSpecType.ContentBlock);
  if (!block) return standingFor(given);
  const isWhole = Object.keys(mended).every((member) => MEMBERS.has(member));
  const isForged = block._meta !== undefined && WHOLE_BLOCK in block._meta;
  if (isWhole) return isForged ? withoutMark(block) : block;
  return { ...block, _meta: { ...block._meta, [WHOLE_BLOCK]: mended } };
}

function standingFor(block: unknown): ContentBlock {
  return { type: 'text', text: '', _meta: { [WHOLE_BLOCK]: isRecord(block) ? block : { value: block } } };
}

function mend(block: Record<string, unknown>): Record<string, unknown> {
  switch (block['type']) {
    case 'text':
      return { ...block, text: wordsOf(block['text']) };
    case 'image':
    case 'audio':
      return { ...block, ...readBytes(block, 'data') };
    case 'resource':
      return {
        ...block,
        resource: isRecord(block['resource']) ? readResource(block['resource']) : block['resource'],
      };
    case 'resource_link':
      return { ...block, name: textOf(block['name']) ?? textOf(block['title']) ?? block['uri'] };
    default:
      return block;
  }
}

/** A text block without a text is an empty one. */
function wordsOf(value: unknown): unknown {
  if (value === undefined) return '';
  return typeof value === 'boolean' ? String(value) : (textOf(value) ?? value);
}

function readResource(given: Record<string, unknown>): Record<string, unknown> {
  const resource = withoutNulls(given);
  const uri = textOf(resource['uri']) ?? '';
  if (typeof resource['blob'] === 'string') return { ...resource, uri, ...readBytes(resource, 'blob') };
  const text = textOf(resource['text']);
  return { ...resource, uri, ...(text !== undefined && { text }) };
}

const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+)?[^,]{0,200};base64,/i;
/** How pictures begin, in base64. */
const BEGINNINGS: readonly [string, string][] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
];

/** Bytes as base64 with their type: also as a `data:` address, in the alphabet of addresses, or without a type. */
function readBytes(block: Record<string, unknown>, field: 'data' | 'blob'): Record<string, unknown> {
  const given = block[field];
  if (typeof given !== 'string') return {};
  const [prefix = '', named] = DATA_URL.exec(given) ?? [];
  const plain = given.slice(prefix.length).replaceAll('-', '+').replaceAll('_', '/').replaceAll(/\s+/g, '');
  const base64 = plain.padEnd(Math.ceil(plain.length / 4) * 4, '=');
  const said = [block['mimeType'], block['mimetype'], block['mime_type'], block['media_type'], named];
  const known = BEGINNINGS.find(([beginning]) => base64.startsWith(beginning))?.[1];
  const mimeType =
    said.find((type) => typeof type === 'string' && type !== '') ?? known ?? 'application/octet-stream';
  return { [field]: base64, mimeType };
}

function hasAny(value: object): boolean {
  return Object.keys(value).length > 0;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
