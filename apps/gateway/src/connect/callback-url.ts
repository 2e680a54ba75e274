import type { ConnectOutcome } from '@patchbay/contracts';

/** The developer's page with what came of it (docs/api/connected-accounts.md#coming-back): its own query first, ours last. */
export function withOutcome(callbackUrl: string, outcome: ConnectOutcome): string {
  const url = new URL(callbackUrl);
  const parameters = {
    status: outcome.status,
    connected_account_id: outcome.connectionId,
    ...(outcome.error && { error: outcome.error }),
    ...(outcome.errorDescription && { error_description: outcome.errorDescription }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.append(name, value);
  return url.href;
}
