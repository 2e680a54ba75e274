import { AppError, describeIssues, SessionConfig, type SessionChanges } from '@patchbay/contracts';

const MERGED = ['manageConnections', 'workbench', 'multiAccount'] as const;

/**
 * The configuration after a change (docs/api/sessions.md#change): null brings a block's default back.
 * @throws AppError `invalid_request` when the result does not hold together
 */
export function applyChanges(current: SessionConfig, changes: SessionChanges): SessionConfig {
  const next: Record<string, unknown> = { ...current };
  for (const [block, given] of Object.entries(changes)) {
    if (given === undefined) continue;
    if (given === null) delete next[block];
    else next[block] = isMerged(block) ? mergeBlock(current[block], given as object) : given;
  }
  const parsed = SessionConfig.safeParse(next);
  if (parsed.success) return settle(parsed.data);
  const issues = describeIssues(parsed.error);
  throw new AppError(
    'invalid_request',
    `The session's configuration would not be valid: ${issues.join('; ')}`,
    {
      issues,
    },
  );
}

/** Without several accounts there is nothing to choose from, whatever was asked for before. */
export function settle(config: SessionConfig): SessionConfig {
  const { multiAccount } = config;
  if (multiAccount.enabled || !multiAccount.requireExplicitSelection) return config;
  return { ...config, multiAccount: { ...multiAccount, requireExplicitSelection: false } };
}

function isMerged(block: string): block is (typeof MERGED)[number] {
  return (MERGED as readonly string[]).includes(block);
}

/** A null field goes back to its default, as a null block does. */
function mergeBlock(current: object, given: object): object {
  return Object.fromEntries(Object.entries({ ...current, ...given }).filter(([, value]) => value !== null));
}
