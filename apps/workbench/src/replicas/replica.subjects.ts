import type { RequestContract } from '@patchbay/contracts';

/** The request meant for one replica and no other: the same contract, under a subject with the replica's name. */
export function atReplica<C extends RequestContract>(contract: C, replica: string): C {
  return { ...contract, subject: `workbench.replicas.${replica}.${contract.subject}` };
}
