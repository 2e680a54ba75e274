/*
 * A customer's program that subscribes to events with an official SDK, whose module is its argument. It says each as a line
 * of JSON; that it is subscribed, the SDK itself says.
 */
const [module] = process.argv.slice(2);
const { Composio } = await import(module);
const composio = new Composio({
  apiKey: process.env.PATCHBAY_API_KEY,
  baseURL: process.env.PATCHBAY_URL,
  allowTracking: false,
  disableVersionCheck: true,
});
try {
  await composio.triggers.subscribe(
    (event) => console.log(JSON.stringify({ event })),
    {},
    (error) => console.log(JSON.stringify({ refused: error })),
  );
  // The SDK tells nobody that its connection ended.
  const { connection } = composio.triggers.pusherService.pusherClient;
  connection.bind('state_change', ({ current }) => console.log(JSON.stringify({ state: current })));
} catch (error) {
  console.log(
    JSON.stringify({ failed: error.name, why: String(error.cause?.cause?.message ?? error.message) }),
  );
  process.exit(1);
}
