type Schema = object;
export type Message =
  | { kind: 'request'; asked: Schema; answered?: Schema; read: Schema }
  | { kind: 'event' | 'signal'; sent: Schema; heard: Schema };
export type Messages = Record<string, Message>;
export function readMessages(contracts: object): Messages;
export function writeMessages(release: { messages: Messages; sends: Record<string, string[]> }): string;
export function misunderstood(release: Messages, now: Messages): string[];
export function refusals(sent: Schema, heard: Schema, options?: { isNewer?: boolean }): string[];
