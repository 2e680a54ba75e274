import { type Fields, objectOf } from './answer.fields.js';
import { ProviderTrouble } from './provider-errors.js';
import { explainRefusal, refusalIn } from './refusal.reader.js';

/** A provider's answer about tokens, read without knowing what was requested. */
export interface ProviderAnswer {
  status: number;
  /** The text as it came, without a byte order mark. */
  text: string;
  /** Its fields; undefined where it has none. */
  fields: Fields | undefined;
}

/**
 * Reads an answer whatever its `content-type` says, which many token endpoints get wrong: JSON, or a form.
 * @throws ProviderTrouble for transient errors (408, 425, 429, 5xx) and for a redirect; ProviderRefusal for a refusal
 */
export function readAnswer(status: number, body: string): ProviderAnswer {
  // A byte order mark comes out of the decoder as this character.
  const text = body.replace(/^\uFEFF/, '').trim();
  const fields = fieldsOf(text);
  const answer = { status, text, fields };
  if (status >= 500) throw new ProviderTrouble('unavailable', `The provider answered ${status}.`);
  if (status === 429) throw new ProviderTrouble('unavailable', 'The provider asks to slow down (429).');
  if (status === 408 || status === 425) {
    throw new ProviderTrouble('unavailable', `The provider answered ${status}.`);
  }
  if (status >= 300 && status < 400) {
    throw new ProviderTrouble(
      'unusable',
      `The provider answered ${status}, which sends the request elsewhere: it is not followed.`,
    );
  }
  if (status >= 400) throw explainRefusal(answer);
  return answer;
}

/**
 * The error for a successful answer that lacks what was requested.
 * @param missing what it lacks, such as `access token`
 */
export function explainMissing(answer: ProviderAnswer, missing: string): Error {
  // Slack, GitHub and others refuse with status 200.
  if (answer.fields && refusalIn(answer.fields, answer.status)) return explainRefusal(answer);
  const what = answer.fields ? `holds no ${missing}` : answer.text === '' ? 'is empty' : 'is no JSON object';
  return new ProviderTrouble('unusable', `The provider answered ${answer.status}, but its answer ${what}.`);
}

function fieldsOf(text: string): Fields | undefined {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    // Names and values of a form; a page or a sentence is none.
    if (!/^[\w.-]+=[^\s<>]*$/.test(text)) return undefined;
    return Object.fromEntries(new URLSearchParams(text));
  }
}
