import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { customersVariables } from '../support/environment.js';
import { call, createProject, errorOf } from '../support/http.js';
import { SDK_VERSIONS } from '../support/sdk.versions.js';
import { WorkbenchSession } from '../support/workbench.js';

const Items = z.object({
  items: z.array(
    z.object({ mount_relative_path: z.string(), sandbox_mount_prefix: z.string(), size: z.number() }),
  ),
  next_cursor: z.string().optional(),
});
const Preview = z.object({
  data: z.object({
    data_preview: z.unknown(),
    remote_file_info: z.object({ file_path: z.string(), instructions: z.string() }),
  }),
});
const Many = z.object({
  data: z.object({
    results: z.array(
      z.object({
        response: z.object({ data: z.unknown().optional(), data_preview: z.unknown().optional() }),
      }),
    ),
    remote_file_info: z.object({ file_path: z.string() }),
  }),
});

const items = async (id: string, query = '') =>
  Items.parse((await call(`/tool_router/session/${id}/mounts/files/items${query}`)).body);
const put = async (id: string, path: string, content: string) => {
  const asked = await call(`/tool_router/session/${id}/mounts/files/upload_url`, {
    body: { mount_relative_path: path, mimetype: 'text/plain' },
  });
  expect(asked.status).toBe(201);
  const { upload_url: url } = z.object({ upload_url: z.string() }).parse(asked.body);
  const done = await fetch(url, { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: content });
  expect(done.status).toBe(200);
};
const execute = (id: string, slug: string, given: object, extra: object = {}) =>
  call(`/tool_router/session/${id}/execute`, { body: { tool_slug: slug, arguments: given, ...extra } });

describe("a session's files", () => {
  let session: WorkbenchSession;
  beforeAll(async () => {
    session = await WorkbenchSession.open();
  });

  it.each(SDK_VERSIONS)(
    'are the same for the official SDK %s and for code in the sandbox',
    async (version, sdk) => {
      const folder = `data-${version}`;
      const script = fileURLToPath(new URL('../scripts/session-files.mjs', import.meta.url));
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--conditions=workerd', script, session.id, sdk, folder],
        { env: customersVariables },
      );
      expect(JSON.parse(stdout)).toEqual({
        uploaded: `${folder}/animals.csv`,
        listed: [[`${folder}/animals.csv`, 25]],
        error: null,
        lines: '3',
        left: [`${folder}/lines.txt`],
      });
      expect(await session.value(`import os; sorted(os.listdir("/mnt/files/${folder}"))`)).toBe(
        "['lines.txt']",
      );
    },
  );

  it('come in pages, and say where they are in the sandbox', async () => {
    for (const name of ['a', 'b', 'c']) await put(session.id, `pages/${name}.txt`, name);
    const first = await items(session.id, '?mount_relative_prefix=/pages/&limit=2');
    expect(first.items.map((item) => item.mount_relative_path)).toEqual(['pages/a.txt', 'pages/b.txt']);
    expect(first.items[0]?.sandbox_mount_prefix).toBe('/mnt/files');
    const rest = await items(
      session.id,
      `?mount_relative_prefix=pages/&limit=2&cursor=${first.next_cursor ?? ''}`,
    );
    expect(rest.items.map((item) => item.mount_relative_path)).toEqual(['pages/c.txt']);
    expect(rest).not.toHaveProperty('next_cursor');
  });

  it('change inside when they are changed outside, and the other way round', async () => {
    await put(session.id, 'shared.txt', 'one');
    expect(await session.value('open("/mnt/files/shared.txt").read()')).toBe("'one'");
    await put(session.id, 'shared.txt', 'two!');
    expect(await session.value('open("/mnt/files/shared.txt").read()')).toBe("'two!'");
    await session.bash('rm /mnt/files/shared.txt');
    expect((await items(session.id, '?mount_relative_prefix=shared')).items).toEqual([]);
  });

  it('cannot be reached by a path that leads out, at another mount, or with another key', async () => {
    const url = `/tool_router/session/${session.id}/mounts/files/download_url`;
    const wanted = (path: string) => ({ body: { mount_relative_path: path } });
    expect(errorOf(await call(url, wanted('../../x')), 400).message).toContain('out of the mount');
    errorOf(await call(url, wanted('missing.txt')), 404);
    errorOf(await call(url.replace('/files/', '/other/'), wanted('a')), 404);
    const { apiKey } = await createProject('mounts-elsewhere');
    errorOf(await call(url, { ...wanted('pages/a.txt'), apiKey }), 404);
  });

  it('hold pictures of open figures, each with a link', async () => {
    const { data, error } = await session.python(
      'try:\n    import matplotlib.pyplot as plt\n    plt.plot([1, 4, 2])\nexcept ImportError:\n    print("none here")',
    );
    expect(error).toBeNull();
    if (data.stdout === 'none here\n') return;
    const [picture] = data.pictures ?? [];
    const image = await fetch(picture?.url ?? '');
    expect(image.headers.get('content-type')).toBe('image/png');
    expect(
      Buffer.from(await image.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  it('can be published from Python, for the user and for tools', async () => {
    const code =
      'open("report.txt", "w").write("all is well")\nanswer, error = upload_local_file("report.txt")\nprint(error)\nprint(answer["s3_url"])\nprint(answer["s3key"])';
    const [error, url = '', key] = (await session.python(code)).data.stdout.split('\n');
    expect(error).toBe('');
    expect(await (await fetch(url)).text()).toBe('all is well');
    expect(key).toMatch(/uploads\/report\.txt$/);
  });
});

describe('a large result', () => {
  const TEXT = 'long '.repeat(100);

  it('is saved into the workspace when the caller agrees, and answered by its beginning', async () => {
    const session = await WorkbenchSession.open({ workbench: { auto_offload_threshold: 50 } });
    const given = { timezone: 'Asia/Tokyo' };
    const plain = await execute(session.id, 'TIME_GET_CURRENT_TIME', given);
    expect(JSON.stringify(plain.body)).not.toContain('data_preview');
    const answer = await execute(session.id, 'TIME_GET_CURRENT_TIME', given, {
      enable_auto_workbench_offload: true,
    });
    const { data_preview: preview, remote_file_info: file } = Preview.parse(answer.body).data;
    expect(JSON.stringify(preview).length).toBeLessThan(100);
    expect(file.file_path).toMatch(/^\/mnt\/files\/mex\/[a-z]+-[0-9a-f]+\.json$/);
    expect(file.instructions).toContain(file.file_path);
    const read = `import json; json.load(open("${file.file_path}"))["results"][0]["response"]["data"]["timezone"]`;
    expect(await session.value(read)).toBe("'Asia/Tokyo'");
  });

  it('of a multi-execute keeps its shape, and is whole in the file', async () => {
    const session = await WorkbenchSession.open({ workbench: { auto_offload_threshold: 600 } });
    const tool = { tool_slug: 'TIME_GET_CURRENT_TIME', arguments: { timezone: 'Asia/Tokyo' } };
    const many = { tools: Array.from({ length: 8 }, () => tool), thought: TEXT };
    const answer = await execute(session.id, 'COMPOSIO_MULTI_EXECUTE_TOOL', many);
    const { results, remote_file_info: file } = Many.parse(answer.body).data;
    expect(results).toHaveLength(8);
    expect(results[0]?.response).not.toHaveProperty('data');
    expect(results[7]?.response).toHaveProperty('data_preview');
    const read = `import json; len([r for r in json.load(open("${file.file_path}"))["results"] if r["response"]["data"]["timezone"]])`;
    expect(await session.value(read)).toBe('8');
  });

  it('that is small is saved beside when that was asked for', async () => {
    const session = await WorkbenchSession.open();
    const tools = [{ tool_slug: 'TIME_GET_CURRENT_TIME', arguments: { timezone: 'Asia/Tokyo' } }];
    const given = { tools, sync_response_to_workbench: true };
    const answer = await execute(session.id, 'COMPOSIO_MULTI_EXECUTE_TOOL', given);
    const { results, remote_file_info: file } = Many.parse(answer.body).data;
    expect(results[0]?.response.data).toMatchObject({ timezone: 'Asia/Tokyo' });
    expect((await items(session.id)).items.map((item) => `/mnt/files/${item.mount_relative_path}`)).toContain(
      file.file_path,
    );
  });
});
