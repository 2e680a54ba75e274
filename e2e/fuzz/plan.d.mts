/** What the plan reads of an operation of the served document. */
export interface Operation {
  operationId: string;
  tags: string[];
  responses: Record<string, { links?: Record<string, { operationId: string }> }>;
}

/** What one process of schemathesis tries. */
export interface Unit {
  name: string;
  /** Joined by commas. */
  phases: string;
  /** Their ids. */
  operations: string[];
}

/**
 * The work in units of a few minutes: operations by themselves, heading by heading, and then in sequences.
 * @param options.phases that are wanted
 * @param options.only an expression that the ids of the operations must match
 */
export function planOf(
  document: { paths: Record<string, Record<string, Operation>> },
  options: { phases: string[]; only: string },
): Unit[];
