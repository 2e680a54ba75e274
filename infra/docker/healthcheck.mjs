// The image's health check: asks the service of this container, at the port for operators, whether it can do its work.
const port = process.env.PATCHBAY_METRICS_PORT || 9464;
try {
  const response = await fetch(`http://127.0.0.1:${port}/health/ready`, {
    signal: AbortSignal.timeout(5_000),
  });
  console.log(await response.text());
  process.exitCode = response.ok ? 0 : 1;
} catch (error) {
  console.log(error.cause?.message ?? error.message);
  process.exitCode = 1;
}
