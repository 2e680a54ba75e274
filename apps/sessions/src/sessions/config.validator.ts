import { Injectable } from '@nestjs/common';
import {
  AppError,
  checkSlugs,
  listConnections,
  mayUseAccount,
  type SessionConfig,
  type SessionScope,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';

/** Connections in these states cannot be pinned. */
const UNUSABLE = new Set(['INACTIVE', 'REVOKED', 'EXPIRED', 'FAILED']);

/** What of a configuration only other services can tell: whether what it names exists and may be used. */
@Injectable()
export class ConfigValidator {
  constructor(private readonly bus: Bus) {}

  async validate(projectId: string, userId: string, config: SessionConfig): Promise<void> {
    await Promise.all([this.checkSlugs(projectId, config), this.checkPins(projectId, userId, config)]);
  }

  private async checkSlugs(projectId: string, config: SessionConfig): Promise<void> {
    const { toolkits, tools, tags, preload } = config;
    const scope: SessionScope = { toolkits, tools, tags };
    const preloaded = preload.tools === 'all' ? [] : preload.tools;
    if (preload.tools === 'all' && !isNarrowed(scope)) {
      throw invalid('preload.tools: "all" needs toolkits, tools or tags that narrow the session');
    }
    if (preload.tools !== 'all' && preloaded.length === 0 && !isNarrowed(scope) && !toolkits) return;
    const wrong = await this.bus.request(checkSlugs, { projectId, scope, preload: preloaded });
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

  private async checkPins(projectId: string, userId: string, config: SessionConfig): Promise<void> {
    const pins = Object.entries(config.connectedAccounts);
    if (pins.length === 0) return;
    const several = pins.filter(([, ids]) => ids.length > 1).map(([toolkit]) => toolkit);
    if (several.length > 0 && !config.multiAccount.enabled) {
      throw invalid(
        ...several.map((toolkit) => `connectedAccounts.${toolkit}: several need multiAccount.enabled`),
      );
    }
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
      throw new AppError(
        'pinned_accounts_invalid',
        `These connected accounts cannot be pinned for this user: ${wrong.join(', ')}.`,
      );
    }
  }
}

/** Whether the scope says what is in, and not only what is out. */
function isNarrowed({ toolkits, tools, tags }: SessionScope): boolean {
  const enablesToolkits = toolkits !== undefined && 'enabled' in toolkits;
  return enablesToolkits || Object.keys(tools).length > 0 || tags.enabled !== undefined;
}

function invalid(...issues: string[]): AppError {
  return new AppError('invalid_request', `Invalid session configuration: ${issues.join('; ')}`, { issues });
}
