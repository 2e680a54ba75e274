import type { Transport } from '@modelcontextprotocol/client';
import type { AnswerReader } from './reading/answer.reader.js';

/** What a server says of the sign-in that it wants (RFC 6750, RFC 9728). */
export interface SignInChallenge {
  resourceMetadataUrl?: URL;
  scope?: string;
}

/** How messages get to one server and back: over HTTP, or to a program by way of the workbench. */
export interface ServerConnection {
  readonly transport: Transport & { readonly answers: AnswerReader };
  /** The server's name in messages. */
  readonly name: string;
  /** Whether a server of it may be of 2026-07-28, and is asked so at first. */
  readonly asksEra: boolean;
  /** What the server said last of the sign-in that it wants. */
  readonly challenge: SignInChallenge;
  /** Tells the server that the session is over. */
  end(): Promise<void>;
}
