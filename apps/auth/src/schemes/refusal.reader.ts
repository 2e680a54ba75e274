import { outsideText } from '@patchbay/contracts';
import { fieldOf, type Fields, objectOf, textOf } from './answer.fields.js';
import { ProviderRefusal, ProviderTrouble } from './provider-errors.js';
import { isTransient } from './refusal.codes.js';

/** Fields in which providers put an error code and its description, in the order of preference. */
const CODE_FIELDS = [
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
const DESCRIPTION_FIELDS = [
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
/** Fields that may hold the error as an object. */
const ERROR_OBJECTS = ['error', 'errors', 'fault', 'detail', 'data', 'meta'];
/** Values of those fields that report no error. */
const NO_ERROR_CODES = new Set(['ok', 'success', 'none', 'false', 'true', '200', '201']);
const TEXT_CHARACTERS = 200;

/** The error that an answer reports; undefined when it reports none. */
export function refusalIn(
  fields: Fields,
  status: number,
): { code?: string; description?: string } | undefined {
  const holders = [fields, ...ERROR_OBJECTS.map((name) => firstObject(fieldOf(fields, name)))].filter(
    (holder) => holder !== undefined,
  );
  const code = firstOf(holders, CODE_FIELDS, (text) => !isNoError(text, status));
  const text = firstOf(holders, DESCRIPTION_FIELDS, () => true);
  const list = listed(fieldOf(fields, 'errors'));
  const description = text && list && list !== text ? `${text} (${list})` : (text ?? list);
  const isDenied = fields['ok'] === false || fields['success'] === false;
  if (status < 400 && !isDenied && code === undefined) return undefined;
  return { ...(code !== undefined && { code }), ...(description !== undefined && { description }) };
}

/** The error for an answer that is a refusal. */
export function explainRefusal({
  status,
  text,
  fields,
}: {
  status: number;
  text: string;
  fields: Fields | undefined;
}): ProviderRefusal | ProviderTrouble {
  const { code: own, description: given } = (fields && refusalIn(fields, status)) ?? {};
  const reason = given ?? (fields ? undefined : plain(text));
  const code = own ?? codeOf(status, reason);
  if (isTransient(code, reason)) return new ProviderTrouble('unavailable', reason ?? code);
  // Some put a sentence where the code should be.
  const isSentence = /\s/.test(code);
  const description = reason ?? (isSentence ? code : `The provider answered ${status} (${code}).`);
  return new ProviderRefusal(code, description);
}

/** RFC 6749, section 5.2: 401 is for an unknown client; for other answers only the status is known. */
function codeOf(status: number, reason: string | undefined): string {
  if (status === 401 && reason === undefined) return 'invalid_client';
  return status === 403 ? 'refused' : `http_${status}`;
}

function firstOf(
  holders: readonly Fields[],
  names: readonly string[],
  isFit: (text: string) => boolean,
): string | undefined {
  for (const holder of holders) {
    for (const name of names) {
      const text = textOf(fieldOf(holder, name));
      if (text !== undefined && isFit(text)) return text;
    }
  }
  return undefined;
}

export function isNoError(text: string, status: number): boolean {
  return (
    /^0*$/.test(text) ||
    NO_ERROR_CODES.has(text.toLowerCase()) ||
    text === String(status) ||
    /^(error|fail(ure|ed)?)$/i.test(text)
  );
}

function firstObject(value: unknown): Fields | undefined {
  return objectOf(Array.isArray(value) ? value[0] : value);
}

/** Errors that are a list of sentences, or of fields with what is wrong with each; one with a description is read above. */
function listed(errors: unknown): string | undefined {
  if (!Array.isArray(errors)) return undefined;
  const [first] = errors as unknown[];
  const inner = objectOf(first);
  if (inner && firstOf([inner], DESCRIPTION_FIELDS, () => true) !== undefined) return undefined;
  return inner
    ? Object.values(inner)
        .flatMap((value) => textOf(value) ?? [])
        .join(' ')
    : textOf(first);
}

/** An answer in plain text; a page of HTML is not shown as a reason. */
function plain(text: string): string | undefined {
  return text === '' || text.startsWith('<') ? undefined : outsideText(text, TEXT_CHARACTERS);
}
