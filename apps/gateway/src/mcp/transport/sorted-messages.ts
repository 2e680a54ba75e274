import {
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResponse,
  type JSONRPCNotification,
  type JSONRPCRequest,
  type JSONRPCResponse,
} from '@modelcontextprotocol/server';

export interface SortedMessages {
  requests: JSONRPCRequest[];
  notifications: JSONRPCNotification[];
  responses: JSONRPCResponse[];
}

/** What of each kind a client posted, each message checked until it is known. @returns undefined when one is of no kind */
export function sortMessages(messages: readonly unknown[]): SortedMessages | undefined {
  const sorted: SortedMessages = { requests: [], notifications: [], responses: [] };
  for (const message of messages) {
    if (isJSONRPCRequest(message)) sorted.requests.push(message);
    else if (isJSONRPCNotification(message)) sorted.notifications.push(message);
    else if (isJSONRPCResponse(message)) sorted.responses.push(message);
    else return undefined;
  }
  return sorted;
}
