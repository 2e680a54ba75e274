import type { jsonSchemaValidator, JsonSchemaValidatorResult } from '@modelcontextprotocol/client';

/**
 * What a server says of its own answers is not held against them. An untrusted schema is a program: its
 * patterns, its references doubled again and again, its `uniqueItems` run as long as he likes, here and for
 * everybody. And an answer that is not what was announced comes from a tool that has done its work all the same:
 * its caller must be told what it said. What is shown to clients is bounded where the tools are listed.
 */
export const UNCHECKED_ANSWERS: jsonSchemaValidator = {
  getValidator: () => accept,
};

function accept<T>(input: unknown): JsonSchemaValidatorResult<T> {
  return { valid: true, data: input as T, errorMessage: undefined };
}
