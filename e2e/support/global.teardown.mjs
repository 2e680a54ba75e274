/** Stops what the set-up started. E2E_KEEP_HOME=1 keeps the platform's data and logs for a look. */
export default async function teardown() {
  const started = globalThis.patchbayTestPlatform;
  if (!started) return;
  const keepHome = process.env.E2E_KEEP_HOME === '1';
  await started.stop({ keepHome });
  if (keepHome) console.log(`The platform's data and logs are in ${started.platform.home}`);
}
