import type { ConnectOutcome } from '@patchbay/contracts';

/** The developer's page with what came of it (contract, connect-link 5): its own query first, ours last. */
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
