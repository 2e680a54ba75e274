import type {
  CallToolResult,
  jsonSchemaValidator,
  JsonSchemaValidatorResult,
  StandardSchemaV1,
} from '@modelcontextprotocol/client';

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

/** For the answer of a tool, which is as the client library has it by the time that it comes there. */
export const READ_ANSWER: StandardSchemaV1<unknown, CallToolResult> = {
  '~standard': { version: 1, vendor: 'patchbay', validate: (value) => ({ value: value as CallToolResult }) },
};
