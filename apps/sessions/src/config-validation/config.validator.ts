import { Injectable } from '@nestjs/common';
import {
  AppError,
  checkSlugs,
  getAuthConfig,
  listConnections,
  listTools,
  mayUseAccount,
  type AuthConfig,
  type SessionConfig,
  type SessionScope,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';

/** The most tools that `preload: all` may mean, and that a session lists. */
export const MAX_PRELOADED = 1000;

/** Connections in these states cannot be pinned. */
const UNUSABLE = new Set(['INACTIVE', 'REVOKED', 'EXPIRED', 'FAILED']);

/** The user whose session it is. */
interface Owner {
  projectId: string;
  userId: string;
  toolsAt?: string;
}

/** Checks with the other services that what a configuration names exists and may be used. */
@Injectable()
export class ConfigValidator {
  constructor(private readonly bus: Bus) {}

  /** @param owner `toolsAt` for a session that exists already: its tools are those of that moment */
  async validate({ projectId, userId, toolsAt }: Owner, config: SessionConfig): Promise<void> {
    requireConsistent(config);
    await Promise.all([
      this.checkSlugs(projectId, toolsAt, config),
      this.checkAuthConfigs(projectId, config),
      this.checkPins(projectId, userId, config),
    ]);
  }

  /** A scope alone, before there is a session that has it. */
  validateScope(projectId: string, scope: SessionScope): Promise<void> {
    return this.checkSlugs(projectId, undefined, { ...scope, preload: { tools: [] } });
  }

  private async checkSlugs(
    projectId: string,
    toolsAt: string | undefined,
    config: SessionScope & Pick<SessionConfig, 'preload'>,
  ): Promise<void> {
    const { toolkits, tools, tags, preload } = config;
    const scope: SessionScope = { toolkits, tools, tags };
    const preloaded = preload.tools === 'all' ? [] : preload.tools;
    if (preload.tools === 'all') await this.requirePreloadable(projectId, toolsAt, scope);
    if (preload.tools !== 'all' && preloaded.length === 0 && !isNarrowed(scope) && !toolkits) return;
    const wrong = await this.bus.request(checkSlugs, { projectId, scope, preload: preloaded, toolsAt });
    if (wrong.unknownToolkits.length > 0) {
      throw new AppError('toolkits_unknown', `Unknown toolkits: ${wrong.unknownToolkits.join(', ')}.`, {
        suggestion: 'GET /api/v3.1/toolkits lists those that exist.',
      });
    }
    const issues = [
      ...wrong.unknownTools.map((slug) => `tools: there is no tool ${slug} here`),
      ...wrong.preloadOutOfScope.map((slug) => `preload.tools: ${slug} is outside of the session's scope`),
    ];
    if (issues.length > 0) throw invalid(...issues);
  }

  private async requirePreloadable(
    projectId: string,
    toolsAt: string | undefined,
    scope: SessionScope,
  ): Promise<void> {
    if (!isNarrowed(scope)) {
      throw invalid('preload.tools: "all" needs toolkits, tools or tags that narrow the session');
    }
    const { total } = await this.bus.request(listTools, { projectId, scope, toolsAt, limit: 1 });
    if (total <= MAX_PRELOADED) return;
    throw invalid(`preload.tools: "all" would be ${total} tools, and ${MAX_PRELOADED} is the most`);
  }

  private async checkAuthConfigs(projectId: string, { authConfigs }: SessionConfig): Promise<void> {
    const issues = await Promise.all(
      Object.entries(authConfigs).map(async ([toolkit, id]) => {
        const config = await this.bus.request(getAuthConfig, { projectId, id }).catch((error: unknown) => {
          if (error instanceof AppError && error.code === 'not_found') return undefined;
          throw error;
        });
        const reason = unusableReason(config, toolkit);
        return reason ? [`authConfigs.${toolkit}: ${id} ${reason}`] : [];
      }),
    );
    if (issues.flat().length > 0) throw invalid(...issues.flat());
  }

  private async checkPins(projectId: string, userId: string, config: SessionConfig): Promise<void> {
    const pins = Object.entries(config.connectedAccounts);
    if (pins.length === 0) return;
    const ids = pins.flatMap(([, pinned]) => pinned);
    const { items } = await this.bus.request(listConnections, {
      projectId,
      ids,
      accountType: 'ALL',
      limit: 1000,
    });
    const wrong = pins.flatMap(([toolkit, pinned]) =>
      pinned.filter((id) => {
        const connection = items.find((item) => item.id === id);
        return (
          !connection ||
          connection.toolkit !== toolkit ||
          !mayUseAccount(connection, userId) ||
          UNUSABLE.has(connection.status)
        );
      }),
    );
    if (wrong.length > 0) {
      throw pinsInvalid(`These connected accounts cannot be pinned for this user: ${wrong.join(', ')}.`);
    }
    const shared = pins.filter(
      ([, pinned]) =>
        items.filter(({ id, accountType }) => pinned.includes(id) && accountType === 'SHARED').length > 1,
    );
    if (shared.length > 0) {
      throw pinsInvalid(
        `One SHARED account a toolkit can be pinned, and ${shared.map(([toolkit]) => toolkit).join(', ')} has several.`,
      );
    }
  }
}

/** What can be checked without other services. */
function requireConsistent({ connectedAccounts, multiAccount, preload }: SessionConfig): void {
  const { enabled, maxAccountsPerToolkit } = multiAccount;
  const most = enabled ? maxAccountsPerToolkit : 1;
  const tooMany = Object.entries(connectedAccounts).filter(([, ids]) => ids.length > most);
  if (tooMany.length > 0) {
    const rule = enabled ? `no more than ${most}` : 'several need multi_account.enable';
    throw pinsInvalid(
      `Too many connected accounts are pinned for ${tooMany.map(([toolkit]) => toolkit).join(', ')}: ${rule}.`,
    );
  }
  // A tool that is called directly has no argument that could name the account.
  if (enabled && (preload.tools === 'all' || preload.tools.length > 0)) {
    throw invalid('preload.tools: tools cannot be preloaded together with multi_account.enable');
  }
}

function unusableReason(config: AuthConfig | undefined, toolkit: string): string | undefined {
  if (!config) return 'does not exist';
  if (config.toolkit !== toolkit) return `is one of ${config.toolkit}`;
  if (!config.enabled) return 'is disabled';
  return config.isEnabledForSessions ? undefined : 'is not enabled for sessions';
}

function pinsInvalid(message: string): AppError {
  return new AppError('pinned_accounts_invalid', message);
}

/** Whether the scope lists what is enabled, and not only what is disabled. */
function isNarrowed({ toolkits, tools, tags }: SessionScope): boolean {
  const enablesToolkits = toolkits !== undefined && 'enabled' in toolkits;
  return enablesToolkits || Object.keys(tools).length > 0 || tags.enabled !== undefined;
}

function invalid(...issues: string[]): AppError {
  return new AppError('invalid_request', `Invalid session configuration: ${issues.join('; ')}`, { issues });
}
