/** Stops what the set-up started. E2E_KEEP_HOME=1 keeps the platforms' data and logs for a look. */
export default async function teardown() {
  const keepHome = process.env.E2E_KEEP_HOME === '1';
  for (const started of globalThis.patchbayTestPlatforms ?? []) {
    await started.stop({ keepHome });
    if (keepHome) console.log(`A platform's data and logs are in ${started.platform.home}`);
  }
  await globalThis.patchbayTestHomes?.remove();
}
