import { outsideText } from '@patchbay/contracts';
import { fieldOf, type Fields, objectOf, wordOf } from './answer.fields.js';
import { ProviderRefusal, ProviderTrouble } from './provider-errors.js';
import { isPassing } from './refusal.words.js';

/** Where providers put the word for an error, and what they say about it, in the order of preference. */
const CODES = [
  'error',
  'oauth_problem',
  'error_code',
  'errorType',
  'errorKey',
  'err',
  'errcode',
  'code',
  'type',
  'status',
  'name',
];
const WORDS = [
  'error_description',
  'error_message',
  'error_msg',
  'message',
  'msg',
  'errmsg',
  'description',
  'faultstring',
  'detail',
  'reason',
  'title',
];
/** Objects that an error may lie in. */
const HOLDERS = ['error', 'errors', 'fault', 'detail', 'data', 'meta'];
/** Words that stand where an error would, and are none. */
const NO_ERRORS = new Set(['ok', 'success', 'none', 'false', 'true', '200', '201']);
const TEXT_CHARACTERS = 200;

/** What a provider says of an error; undefined for an answer that reports none. */
export function refusalIn(fields: Fields, status: number): { code?: string; words?: string } | undefined {
  const holders = [fields, ...HOLDERS.map((name) => firstObject(fieldOf(fields, name)))].filter(
    (holder) => holder !== undefined,
  );
  const code = firstOf(holders, CODES, (text) => !isNoError(text, status));
  const told = firstOf(holders, WORDS, () => true);
  const list = listed(fieldOf(fields, 'errors'));
  const words = told && list && list !== told ? `${told} (${list})` : (told ?? list);
  const isDenied = fields['ok'] === false || fields['success'] === false;
  if (status < 400 && !isDenied && code === undefined) return undefined;
  return { ...(code !== undefined && { code }), ...(words !== undefined && { words }) };
}

/** The error for an answer that says no. */
export function explainRefusal({
  status,
  text,
  fields,
}: {
  status: number;
  text: string;
  fields: Fields | undefined;
}): ProviderRefusal | ProviderTrouble {
  const { code: own, words } = (fields && refusalIn(fields, status)) ?? {};
  const said = words ?? (fields ? undefined : plain(text));
  const code = own ?? codeOf(status, said);
  if (isPassing(code, said)) return new ProviderTrouble('unavailable', said ?? code);
  // A sentence in the place of the word says all there is.
  const isSentence = /\s/.test(code);
  const description = said ?? (isSentence ? code : `The provider answered ${status} (${code}).`);
  return new ProviderRefusal(code, description);
}

/** RFC 6749, section 5.2: 401 is for a client that is not known; of the others only the status can be told. */
function codeOf(status: number, said: string | undefined): string {
  if (status === 401 && said === undefined) return 'invalid_client';
  return status === 403 ? 'refused' : `http_${status}`;
}

function firstOf(
  holders: readonly Fields[],
  names: readonly string[],
  isFit: (text: string) => boolean,
): string | undefined {
  for (const holder of holders) {
    for (const name of names) {
      const text = wordOf(fieldOf(holder, name));
      if (text !== undefined && isFit(text)) return text;
    }
  }
  return undefined;
}

export function isNoError(text: string, status: number): boolean {
  return (
    /^0*$/.test(text) ||
    NO_ERRORS.has(text.toLowerCase()) ||
    text === String(status) ||
    /^(error|fail(ure|ed)?)$/i.test(text)
  );
}

function firstObject(value: unknown): Fields | undefined {
  return objectOf(Array.isArray(value) ? value[0] : value);
}

/** Errors that are a list of sentences, or of fields with what is wrong with each; one that has words is read above. */
function listed(errors: unknown): string | undefined {
  if (!Array.isArray(errors)) return undefined;
  const [first] = errors as unknown[];
  const inner = objectOf(first);
  if (inner && firstOf([inner], WORDS, () => true) !== undefined) return undefined;
  return inner
    ? Object.values(inner)
        .flatMap((value) => wordOf(value) ?? [])
        .join(' ')
    : wordOf(first);
}

/** What is said in plain text. A page of HTML says nothing to anybody who reads it as a sentence. */
function plain(text: string): string | undefined {
  return text === '' || text.startsWith('<') ? undefined : outsideText(text, TEXT_CHARACTERS);
}
