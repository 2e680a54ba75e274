import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { SERVICES } from '@patchbay/contracts';
import { z } from 'zod';

/*
 * A killed process sends nothing more, and NATS does not report that the request it had taken will not be answered.
 * So a caller that waits long for a reply asks all replicas of the service which requests they have in flight: an array
 * of reply subjects is sent to `<service>.atWork`, and each replica answers with those of them that it has.
 */

/** Reply subjects in one inquiry, at most. */
export const MAX_ASKED = 1_000;
const Asked = z.array(z.string().max(200)).max(MAX_ASKED);

/** @returns undefined for a subject that is not a service's */
export function inquirySubject(subject: string): string | undefined {
  const service = SERVICES.find((name) => subject.startsWith(`${name}.`));
  return service && `${service}.atWork`;
}

/** What a replica answered; nothing of it, should it be something else. */
export function readClaims(message: Pick<Msg, 'json'>): string[] {
  return read(message) ?? [];
}

/** Answers inquiries about a service's requests, on every replica. */
export function answerInquiries(
  connection: NatsConnection,
  service: string,
  isInFlight: (reply: string) => boolean,
): void {
  connection.subscribe(`${service}.atWork`, {
    callback: (error, message) => {
      // The client has reported it.
      if (error) return;
      const asked = read(message);
      if (asked) message.respond(JSON.stringify(asked.filter(isInFlight)));
    },
  });
}

function read(message: Pick<Msg, 'json'>): string[] | undefined {
  try {
    return Asked.safeParse(message.json()).data;
  } catch {
    return undefined;
  }
}
