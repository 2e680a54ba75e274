import { Injectable } from '@nestjs/common';
import {
  AppError,
  chooseCredential,
  permissionKey,
  rulingOf,
  type CallSession,
  type findQuestions,
  type InputOf,
  type PermissionQuestion,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { CatalogueEntry } from '../toolkits/index.js';
import { CatalogueService } from '../catalogue/index.js';
import { outOfScope } from '../scope/index.js';
import { accountQuery } from '../credentials/index.js';

type Asked = InputOf<typeof findQuestions>;

/** Tells beforehand which calls a person is asked about. Whether they are made is decided when they are. */
@Injectable()
export class PermissionsService {
  constructor(
    private readonly bus: Bus,
    private readonly catalogue: CatalogueService,
  ) {}

  async questions({ projectId, session, calls }: Asked): Promise<PermissionQuestion[]> {
    const found = await Promise.all(
      calls.map((call) => this.questionOf(projectId, session, call).catch(unlessRefused)),
    );
    const questions = found.filter((question) => question !== undefined);
    return [...new Map(questions.map((question) => [question.key, question])).values()];
  }

  private async questionOf(
    projectId: string,
    session: CallSession,
    call: Asked['calls'][number],
  ): Promise<PermissionQuestion | undefined> {
    const entry = await this.catalogue.entry(projectId, call.toolSlug, { at: session.toolsAt });
    const { slug, name, aliases } = entry.definition;
    if (!session.permissions || outOfScope(session.scope, entry.definition)) return undefined;
    const used = await this.accountOf(projectId, session, entry, call.account);
    const connectionId = used?.connectionId ?? null;
    const { verdict, once } = rulingOf(session.permissions, { slug, aliases }, connectionId);
    if (verdict !== 'ask') return undefined;
    return {
      key: permissionKey(slug, connectionId),
      toolSlug: slug,
      toolName: name,
      toolkitName: entry.toolkit.name,
      account: used?.label ?? null,
      once,
    };
  }

  private async accountOf(
    projectId: string,
    session: CallSession,
    { definition, toolkit }: CatalogueEntry,
    account: string | undefined,
  ): Promise<{ connectionId: string; label: string } | undefined> {
    if (!toolkit.auth) return undefined;
    const { slug: toolSlug } = definition;
    return this.bus.request(
      chooseCredential,
      accountQuery({ projectId, session, toolkit, toolSlug, account }),
    );
  }
}

/** The call itself will tell why it cannot be made. */
function unlessRefused(error: unknown): undefined {
  if (!(error instanceof AppError) || error.code === 'unavailable') throw error;
  return undefined;
}
