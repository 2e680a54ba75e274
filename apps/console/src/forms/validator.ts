import { Validator } from '@cfworker/json-schema';
import {
  createErrorHandler,
  toErrorSchema,
  unwrapErrorHandler,
  type RJSFSchema,
  type RJSFValidationError,
  type ValidatorType,
} from '@rjsf/utils';

type CfworkerSchema = ConstructorParameters<typeof Validator>[0];

/** How many problems are told: who mends these sees the rest. */
const TOLD = 50;

/**
 * Checks what is typed against a JSON Schema by walking it. rjsf's own validator compiles schemas into code, which our content
 * security policy forbids for good reason: schemas are other people's.
 */
export const validator: ValidatorType = {
  isValid: (schema, data, rootSchema) => problemsOf(withDefinitions(schema, rootSchema), data).length === 0,
  rawValidation: (schema, data) => ({ errors: problemsOf(schema, data) as never[] }),
  validateFormData(data, schema, customValidate, transformErrors, uiSchema) {
    const found = problemsOf(schema, data);
    const errors = transformErrors ? transformErrors(found, uiSchema) : found;
    const own = customValidate
      ? unwrapErrorHandler(customValidate(data, createErrorHandler(data as object), uiSchema))
      : undefined;
    return { errors, errorSchema: { ...toErrorSchema(errors), ...own } };
  },
};

function problemsOf(schema: RJSFSchema, data: unknown): RJSFValidationError[] {
  try {
    const { valid, errors } = new Validator(withoutPatterns(schema) as CfworkerSchema, '7', false).validate(
      data ?? null,
    );
    if (valid) return [];
    return (
      errors
        // A parent says only that something inside of it is wrong.
        .filter(
          ({ keyword }) =>
            !['properties', 'items', 'allOf', 'additionalProperties', '$ref'].includes(keyword),
        )
        .slice(0, TOLD)
        .map(({ keyword, error, instanceLocation }) => problem(keyword, error, instanceLocation))
    );
  } catch {
    // A schema that cannot be read forbids nothing here; the platform has the last word.
    return [];
  }
}

function problem(keyword: string, error: string, location: string): RJSFValidationError {
  const missing = keyword === 'required' ? /property "(.*?)"/.exec(error)?.[1] : undefined;
  const path = [...location.split('/').slice(1), ...(missing === undefined ? [] : [missing])];
  const message = missing === undefined ? error.replace(/^Instance/, 'This') : 'This is required.';
  return { name: keyword, message, property: path.map((part) => `.${part}`).join(''), stack: message };
}

/** Part of a schema is checked with what the whole defines. */
const withDefinitions = (schema: RJSFSchema, { definitions, $defs }: RJSFSchema): RJSFSchema => ({
  ...(definitions && { definitions }),
  ...($defs && { $defs }),
  ...schema,
});

/** A stranger's regular expression may take a browser forever: the platform tries them, within limits. */
function withoutPatterns(schema: unknown, depth = 0): unknown {
  if (depth > 60 || typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map((item) => withoutPatterns(item, depth + 1));
  return Object.fromEntries(
    Object.entries(schema)
      .filter(
        ([key, value]) =>
          !(
            (key === 'pattern' && typeof value === 'string') ||
            key === 'patternProperties' ||
            key === 'format'
          ),
      )
      .map(([key, value]) => [key, withoutPatterns(value, depth + 1)]),
  );
}
