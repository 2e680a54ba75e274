/**
 * The files of a session by the official SDK, which on Node takes no links to loopback addresses: run it with
 * `node --conditions=workerd session-files.mjs <session> <module of the SDK> <folder>`. Prints what it saw as one line of JSON.
 */
const [, , sessionId, sdk, folder] = process.argv;
const { Composio } = await import(sdk);
const composio = new Composio({
  apiKey: process.env.PATCHBAY_API_KEY,
  baseURL: process.env.PATCHBAY_URL,
  allowTracking: false,
  disableVersionCheck: true,
});
const session = await composio.use(sessionId);
const { files } = session.experimental;
const bytes = new TextEncoder().encode('name,size\nant,1\nbear,200\n');
const uploaded = await files.upload(bytes, { remotePath: `${folder}/animals.csv`, mimetype: 'text/csv' });
const listed = await files.list({ path: `/${folder}` });
const run = await session.execute('COMPOSIO_REMOTE_WORKBENCH', {
  code_to_execute: `text = open("/mnt/files/${folder}/animals.csv").read()\nopen("/mnt/files/${folder}/lines.txt", "w").write(str(len(text.splitlines())))`,
});
const lines = await (await files.download(`/${folder}/lines.txt`)).text();
await files.delete(`/${folder}/animals.csv`);
const left = await files.list({ path: folder });
process.stdout.write(
  `${JSON.stringify({
    uploaded: uploaded.mountRelativePath,
    listed: listed.items.map((item) => [item.mountRelativePath, item.size]),
    error: run.error,
    lines,
    left: left.items.map((item) => item.mountRelativePath),
  })}\n`,
);
