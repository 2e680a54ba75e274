import { AppError, describeIssues, SessionConfig, type SessionChanges } from '@patchbay/contracts';

const MERGED = ['manageConnections', 'workbench', 'multiAccount'] as const;

/**
 * The configuration after a change (docs/api/sessions.md#change): null resets a block to its default.
 * @throws AppError `invalid_request` when the result is not valid
 */
export function applyChanges(current: SessionConfig, changes: SessionChanges): SessionConfig {
  const next: Record<string, unknown> = { ...current };
  for (const [block, given] of Object.entries(changes)) {
    if (given === undefined) continue;
    if (given === null) delete next[block];
    else next[block] = isMerged(block) ? mergeBlock(current[block], given as object) : given;
  }
  const parsed = SessionConfig.safeParse(next);
  if (parsed.success) return normalizeConfig(parsed.data);
  const issues = describeIssues(parsed.error);
  throw new AppError(
    'invalid_request',
    `The session's configuration would not be valid: ${issues.join('; ')}`,
    {
      issues,
    },
  );
}

/** Without several accounts there is none to choose, so an explicit selection is not required. */
function normalizeConfig(config: SessionConfig): SessionConfig {
  const { multiAccount } = config;
  if (multiAccount.enabled || !multiAccount.requireExplicitSelection) return config;
  return { ...config, multiAccount: { ...multiAccount, requireExplicitSelection: false } };
}

function isMerged(block: string): block is (typeof MERGED)[number] {
  return (MERGED as readonly string[]).includes(block);
}

/** A null field is reset to its default, as a null block is. */
function mergeBlock(current: object, given: object): object {
  return Object.fromEntries(Object.entries({ ...current, ...given }).filter(([, value]) => value !== null));
}
