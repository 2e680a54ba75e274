import { z } from 'zod';

export const id = (what: string) => z.string().min(1).describe(`Id of the ${what}.`);
export const issueId = z.string().min(1).describe('Id of the issue, or its key such as ENG-123.');
export const after = z.string().optional().describe('`endCursor` of the page before.');
export const first = (fallback: number) =>
  z.int().min(1).max(250).default(fallback).describe('How many at most.');

export const Node = z.looseObject({ id: z.string() });
export const PageInfo = z.looseObject({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });

/** What is told of an issue wherever one is told; Linear refuses 250 of them with all of the labels they could have. */
export const ISSUE = `
  fragment IssueParts on Issue {
    id identifier title description priority priorityLabel estimate dueDate url createdAt updatedAt
    state { id name type } team { id key name } assignee { id name email } project { id name }
    cycle { id name number } parent { id identifier } labels(first: 20) { nodes { id name color } }
  }`;

/** A connection's nodes, beside where its page ends. */
export function connection(value: unknown): { nodes: unknown[]; pageInfo?: unknown } {
  const { nodes, pageInfo } = z
    .object({ nodes: z.array(z.unknown()), pageInfo: z.unknown() })
    .partial({ pageInfo: true })
    .parse(value);
  return { nodes, pageInfo };
}
