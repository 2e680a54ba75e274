import { Injectable } from '@nestjs/common';
import type { Connection, FoundToolkit, NamedCustomTools, Session } from '@patchbay/contracts';
import { SessionToolkitsService } from '../toolkits/index.js';
import { describeAccounts } from './describe-accounts.js';

/** What a search answers for each toolkit it found (docs/api/meta-tools.md#what-a-search-answers). Fields are left out, never null. */
export interface ConnectionStatusLine {
  toolkit: string;
  description: string;
  has_active_connection: boolean;
  status_message: string;
  [optional: string]: unknown;
}

/** Whether the toolkits that a search found are connected. */
@Injectable()
export class ConnectionStatuses {
  constructor(private readonly toolkits: SessionToolkitsService) {}

  async of(
    session: Session,
    slugs: string[],
    { customTools, accounts, described }: Known,
  ): Promise<ConnectionStatusLine[]> {
    const custom = (customTools?.toolkits ?? [])
      .filter(({ slug }) => slugs.includes(slug.toLowerCase()))
      .map(({ slug, description }) => ({ ...connectedWithout(slug), description }));
    const known = slugs.filter((slug) => !custom.some(({ toolkit }) => toolkit.toLowerCase() === slug));
    if (known.length === 0) return custom;
    const toolkits = known.every((slug) => described.some((toolkit) => toolkit.slug === slug))
      ? described
      : await this.describe(session, known, accounts);
    return [
      ...toolkits.map((toolkit) =>
        describe(
          session,
          toolkit,
          accounts.filter((account) => account.toolkit === toolkit.slug),
        ),
      ),
      ...custom,
    ];
  }

  private async describe(
    session: Session,
    slugs: string[],
    accounts: readonly Connection[],
  ): Promise<FoundToolkit[]> {
    const filter = { toolkits: slugs, isConnected: false, limit: slugs.length };
    return (await this.toolkits.list(session, filter, accounts)).items;
  }
}

/** What a search knows beside the slugs of the toolkits. */
interface Known {
  customTools: NamedCustomTools | undefined;
  /** Those that the session may use. */
  accounts: readonly Connection[];
  /** The toolkits of the catalogue that it found. A custom tool may extend others. */
  described: readonly FoundToolkit[];
}

function connectedWithout(toolkit: string) {
  return { toolkit, has_active_connection: true, status_message: 'Needs no account.' };
}

function describe(
  { config }: Session,
  { slug, description, needsAccount }: FoundToolkit,
  accounts: readonly Connection[],
): ConnectionStatusLine {
  if (!needsAccount) return { ...connectedWithout(slug), description };
  const [first] = accounts;
  if (!first) {
    return {
      toolkit: slug,
      description,
      has_active_connection: false,
      status_message: config.manageConnections.enabled
        ? 'Not connected yet: use COMPOSIO_MANAGE_CONNECTIONS to get a link for the user.'
        : 'Not connected yet: the user has to connect an account first.',
    };
  }
  const mustChoose =
    config.multiAccount.enabled && config.multiAccount.requireExplicitSelection && accounts.length > 1;
  return {
    toolkit: slug,
    description,
    has_active_connection: true,
    status_message: mustChoose
      ? `${accounts.length} accounts are connected: name one as \`account\` with every call.`
      : `Connected${first.displayName ? ` as ${first.displayName}` : ''}.`,
    connection_details: { connected_account_id: first.id, word_id: first.wordId },
    account_type: first.accountType,
    ...(first.displayName && { current_user_info: { name: first.displayName } }),
    ...(config.multiAccount.enabled && { accounts: describeAccounts(accounts) }),
    ...(mustChoose && { account_selection: 'required' }),
  };
}
