/**
 * Another process of the same customer: goes on with the session named on the command line, runs a tool
 * in it, and prints what it saw as one line of JSON.
 */
import { Composio } from '@composio/core';

const composio = new Composio({
  apiKey: process.env.PATCHBAY_API_KEY,
  baseURL: process.env.PATCHBAY_URL,
  allowTracking: false,
  disableVersionCheck: true,
});
const session = await composio.use(process.argv[2]);
const { error, logId } = await session.execute('TIME_GET_CURRENT_TIME');
process.stdout.write(
  `${JSON.stringify({ sessionId: session.sessionId, config: session.config, error, logId })}\n`,
);
