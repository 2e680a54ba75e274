import { z } from 'zod';

/**
 * What services say to each other, by subject, as JSON Schemas. What is sent is told apart from what is read where they
 * differ: a reader fills in defaults and drops what it does not know.
 * @typedef {Record<string, any>} Schema
 * @typedef {{ kind: 'request', asked: Schema, answered: Schema, read: Schema }} RequestMessage
 *   `asked` as a caller passes it; `answered` as a handler returns it, `read` as a caller takes it
 * @typedef {{ kind: 'event' | 'signal', sent: Schema, heard: Schema }} ToldMessage
 * @typedef {Record<string, RequestMessage | ToldMessage>} Messages
 */

/**
 * @param {Record<string, any>} contracts all that `@patchbay/contracts` exports
 * @returns {Messages}
 */
export function readMessages(contracts) {
  const { SERVICES, DEAD_LETTER_SERVICES } = contracts;
  const ofEach = [
    [contracts.checkHealth, SERVICES],
    ...['listDeadLetters', 'resendDeadLetter', 'discardDeadLetter'].map((name) => [
      contracts[name],
      DEAD_LETTER_SERVICES,
    ]),
  ];
  const all = [
    ...Object.values(contracts),
    ...ofEach.flatMap(([contract, services]) =>
      services.filter((name) => name !== 'gateway').map((name) => contract(name)),
    ),
  ].filter((value) => typeof value?.subject === 'string');
  const messages = all.map((contract) => [contract.subject, messageOf(contract)]);
  return Object.fromEntries(messages.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * A release's messages as text, a line each, and what each service may send: only what a later version is held against.
 * @param {{ messages: Messages, sends: Record<string, string[]> }} release
 */
export function writeMessages({ messages, sends }) {
  const lines = Object.entries(messages).map(
    ([subject, message]) => `"${subject}": ${JSON.stringify({ ...message, answered: undefined })}`,
  );
  return `{"sends": ${JSON.stringify(sends)},\n"messages": {\n${lines.join(',\n')}\n}}\n`;
}

function messageOf({ input, output, data, signal }) {
  if (input) {
    return { kind: 'request', asked: given(input), answered: made(output), read: given(output) };
  }
  return { kind: data ? 'event' : 'signal', sent: made(data ?? signal), heard: given(data ?? signal) };
}

const OPTIONS = /** @type {const} */ ({ unrepresentable: 'any', reused: 'inline' });
const given = (schema) => withoutName(z.toJSONSchema(schema, { ...OPTIONS, io: 'input' }));
const made = (schema) =>
  withoutName(
    z.toJSONSchema(schema, {
      ...OPTIONS,
      io: 'output',
      override({ zodSchema, jsonSchema }) {
        const { type, in: before, out: after } = zodSchema._zod.def;
        // What a function returns is not known; ours return what is of the kind that they were given.
        if (type === 'pipe' && after._zod.def.type === 'transform') Object.assign(jsonSchema, made(before));
      },
    }),
  );
const withoutName = (schema) => ({ ...schema, $schema: undefined });

/**
 * Where a release and this version would not understand each other while both run. A service of this version answers
 * what the release asks and not the other way round, as who is asked is replaced before who asks; events and signals go
 * in both directions. Not compared is what a schema cannot say, as a check by a function; and what the release is told
 * of what it does not know may be new to it: a value of a list, a form of an object, a field that can be missing.
 * @param {Messages} release
 * @param {Messages} now
 * @returns {string[]}
 */
export function misunderstood(release, now) {
  return Object.entries(release).flatMap(([subject, before]) => {
    const after = now[subject];
    if (!after) return [`${subject} is nothing that anybody hears`];
    const [asked, told] =
      before.kind === 'request'
        ? [refusals(before.asked, after.asked), refusals(after.answered, before.read, { isNewer: true })]
        : [refusals(before.sent, after.heard), refusals(after.sent, before.heard, { isNewer: true })];
    return [
      ...asked.map((reason) => `${subject}, of the release: ${reason}`),
      ...told.map((reason) => `${subject}, to the release: ${reason}`),
    ];
  });
}

/**
 * Why a value that is good by the one schema may be none by the other: empty when each one is. Of the part of JSON Schema
 * that zod writes.
 * @param {Schema} sent
 * @param {Schema} heard
 * @param {{ isNewer?: boolean }} [options] with `isNewer` what is sent may have what is new to who hears it
 * @returns {string[]}
 */
export function refusals(sent, heard, { isNewer = false } = {}, path = '') {
  const heardForms = formsOf(heard);
  const refused = formsOf(sent).map((form) => {
    const tried = heardForms.map((other) => ofForm(form, other, { isNewer }, path));
    if (tried.some((reasons) => reasons.length === 0)) return { form, reasons: [] };
    // Of several forms, the one that was meant is the one of the same kind that has the least against it.
    const alike = tried.filter((_, index) => heardForms[index].type === form.type);
    const [reasons] = (alike.length > 0 ? alike : tried).toSorted((one, other) => one.length - other.length);
    return { form, reasons };
  });
  const isKnown = (type) => refused.some(({ form, reasons }) => form.type === type && reasons.length === 0);
  return refused.flatMap(({ form, reasons }) => {
    const isNew = isNewer && ('const' in form || form.type === 'object') && isKnown(form.type);
    return isNew ? [] : reasons;
  });
}

/** A schema as the alternatives that it is made of, none of them of more than one type or value. */
function formsOf(schema) {
  const { anyOf, oneOf, type, enum: values, ...rest } = schema;
  const parts = anyOf ?? oneOf;
  if (parts) return parts.flatMap((part) => formsOf({ ...rest, ...part }));
  if (values) return values.map((value) => ({ ...rest, const: value, type: typeOf(value) }));
  if ('const' in schema) return [{ ...schema, type: typeOf(schema.const) }];
  return [type].flat().map((one) => ({ ...rest, type: one }));
}

function typeOf(value) {
  if (value === null) return 'null';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

const OF_TYPE = {
  object: ofObjects,
  array: ofArrays,
  string: ofStrings,
  number: ofNumbers,
  integer: ofNumbers,
};

function ofForm(sent, heard, options, path) {
  if (heard.allOf) return heard.allOf.flatMap((part) => refusals(sent, part, options, path));
  if (heard.type === undefined) return [];
  if (sent.type === undefined) return [`${path} can be anything, and has to be ${heard.type}`];
  if (sent.type !== heard.type && !(sent.type === 'integer' && heard.type === 'number'))
    return [`${path} is ${said(sent)}, and has to be ${said(heard)}`];
  if ('const' in heard) {
    const isThat = 'const' in sent && sent.const === heard.const;
    return isThat ? [] : [`${path} is ${said(sent)}, and that is not known`];
  }
  return OF_TYPE[sent.type]?.(sent, heard, path, options) ?? [];
}

const said = (form) => ('const' in form ? JSON.stringify(form.const) : form.type);

function ofObjects(sent, heard, path, options) {
  const { properties = {}, required = [], additionalProperties: others } = sent;
  const missing = (heard.required ?? [])
    .filter((name) => !required.includes(name))
    .map((name) => `${path}.${name} can be missing`);
  const wrong = Object.entries(properties).flatMap(([name, schema]) => {
    const known = heard.properties?.[name] ?? heard.additionalProperties ?? {};
    if (known === false)
      return options.isNewer && !required.includes(name) ? [] : [`${path}.${name} is not known`];
    return refusals(schema, known, options, `${path}.${name}`);
  });
  if (!others) return [...missing, ...wrong];
  const known = heard.additionalProperties ?? {};
  const besides =
    known === false ? [`${path} can have any name in it`] : refusals(others, known, options, `${path}[name]`);
  const names = refusals(
    sent.propertyNames ?? { type: 'string' },
    heard.propertyNames ?? {},
    options,
    `${path}'s names`,
  );
  return [...missing, ...wrong, ...besides, ...names];
}

function ofArrays(sent, heard, path, options) {
  const wrong = sent.prefixItems
    ? sent.prefixItems.flatMap((item, index) =>
        refusals(item, heard.prefixItems?.[index] ?? heard.items ?? {}, options, `${path}[${index}]`),
      )
    : refusals(sent.items ?? {}, heard.items ?? {}, options, `${path}[]`);
  return [...wrong, ...ofBounds(sent, heard, path, ['minItems'], ['maxItems'])];
}

function ofStrings(sent, heard, path) {
  if ('const' in sent) {
    const isGood =
      (!heard.pattern || new RegExp(heard.pattern, 'u').test(sent.const)) &&
      sent.const.length >= (heard.minLength ?? 0) &&
      sent.const.length <= (heard.maxLength ?? Infinity);
    return isGood ? [] : [`${path} is ${said(sent)}, and that is refused`];
  }
  const others = ['pattern', 'format'].filter((name) => heard[name] && heard[name] !== sent[name]);
  return [
    ...others.map((name) => `${path} has to be of the ${name} ${heard[name]}`),
    ...ofBounds(sent, heard, path, ['minLength'], ['maxLength']),
  ];
}

function ofNumbers(sent, heard, path) {
  const bounds = 'const' in sent ? { minimum: sent.const, maximum: sent.const } : sent;
  return ofBounds(bounds, heard, path, ['minimum', 'exclusiveMinimum'], ['maximum', 'exclusiveMaximum']);
}

function ofBounds(sent, heard, path, least, most) {
  const low = Math.max(
    ...least.map((name) => sent[name] ?? -Infinity),
    'minLength minItems'.includes(least[0]) ? 0 : -Infinity,
  );
  const high = Math.min(...most.map((name) => sent[name] ?? Infinity));
  return [
    ...least.filter((name) => heard[name] > low).map((name) => `${path} has a ${name} of ${heard[name]}`),
    ...most.filter((name) => heard[name] < high).map((name) => `${path} has a ${name} of ${heard[name]}`),
  ];
}
