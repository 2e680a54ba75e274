import { z } from 'zod';
import { ToolFailure, type ToolHttp } from './tool-runtime.js';

export interface GraphqlRequest {
  document: string;
  variables: Record<string, unknown>;
  /** Under the base URL. */
  path?: string;
}

const Answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.looseObject({ message: z.string() })).optional(),
});

/**
 * Sends a GraphQL document. Its refusals come with status 200 and are failures all the same, even beside data:
 * half an answer would pass for a whole one.
 */
export async function sendGraphql(
  http: ToolHttp,
  { document, variables, path = '/graphql' }: GraphqlRequest,
): Promise<Record<string, unknown>> {
  const body = { json: { query: document, variables } };
  const answer = Answer.safeParse(await http.request({ method: 'POST', url: path, body }));
  if (!answer.success) throw new ToolFailure('The provider answered what is no GraphQL.');
  const { data, errors = [] } = answer.data;
  if (errors.length > 0) {
    const message = errors.map((error) => error.message).join('; ');
    throw new ToolFailure(message, { message, body: answer.data });
  }
  return data ?? {};
}
