import type { CallContext, NamedCustomTools, Session, ToolDefinition } from '@patchbay/contracts';
import { answerSchema, toJsonSchema } from '@patchbay/toolkits';
import type { z } from 'zod';

/** The context in which a meta tool runs. */
export interface MetaCall {
  session: Session;
  logId: string;
  /** The custom tools that came with the request. */
  customTools: NamedCustomTools | undefined;
  /** The permission keys that a person has allowed for this call. */
  allowed: readonly string[];
  /** The caller's idempotency key for the whole request. */
  idempotencyKey: string | undefined;
  context: CallContext;
}

/** `error` is set as well when only parts failed; `data` tells which. */
export interface MetaResult {
  data: Record<string, unknown>;
  error: string | null;
}

/** A meta tool without its implementation. */
export interface MetaToolDescription<I extends z.ZodObject = z.ZodObject> {
  slug: string;
  name: string;
  description: string;
  input: I;
  /** Hints of the Model Context Protocol, and `important`. */
  tags: string[];
}

/**
 * A tool that acts on the session itself. Its arguments and its `data` are the public ones of the
 * contract (meta-tools.md), snake_case and all: models read them.
 */
export interface MetaTool<I extends z.ZodObject = z.ZodObject> {
  readonly about: MetaToolDescription<I>;
  /** True of one that calls no provider: it may work while its start is still being put on the record. */
  readonly reachesNobody?: boolean;
  run(input: z.output<I>, call: MetaCall): Promise<MetaResult>;
}

const TOOLKIT = {
  slug: 'composio',
  name: 'Composio',
  logo: `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#3b4cca"/><path d="M6 8h5a4 4 0 0 1 4 4v0a4 4 0 0 0 4 4" stroke="#fff" stroke-width="2" fill="none"/></svg>')}`,
};

/** A meta tool in the form in which tools are listed. */
export function toDefinition({ slug, name, description, input, tags }: MetaToolDescription): ToolDefinition {
  return {
    slug,
    name,
    description,
    toolkit: TOOLKIT,
    inputSchema: toJsonSchema(input, 'input'),
    outputSchema: answerSchema({ type: 'object' }),
    needsAccount: false,
    version: '00000000_00',
    scopes: [],
    tags,
    deprecated: false,
  };
}
