import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { connectKeyed } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { createProject } from '../support/http.js';
import { callTool, connectMcp } from '../support/mcp.js';
import { recorded } from '../support/record.js';
import { PYTHON, WorkbenchSession } from '../support/workbench.js';

describe('the workbench of a session', () => {
  let session: WorkbenchSession;
  beforeAll(async () => {
    session = await WorkbenchSession.open();
  });

  it('keeps variables, imports and functions from call to call, and answers the last expression', async () => {
    await session.value('import math\nradius = 2\ndef area(r):\n    return math.pi * r ** 2');
    expect(await session.value('round(area(radius), 2)')).toBe('12.57');
    expect(await session.value('radius += 1')).toBe('');
    expect(await session.value('radius')).toBe('3');
  });

  it('answers what was printed, and errors with a short traceback', async () => {
    const { data, error } = await session.python('print("before")\n1 / 0');
    expect(data.stdout).toBe('before\n');
    expect(error).toBe(data.error);
    expect(error).toMatch(
      /^Traceback[\s\S]*<cell \d+>[\s\S]*1 \/ 0[\s\S]*ZeroDivisionError: division by zero$/,
    );
  });

  it('cuts long output, and keeps the whole in a file', async () => {
    const { data } = await session.python('print("x" * 100_000)');
    expect(data.stdout).toHaveLength(40_000);
    const path = data.stdout_file_path ?? '';
    expect(path).toMatch(/^\/mnt\/files\/\.composio\/output\//);
    expect(await session.value(`len(open("${path}").read())`)).toBe('100001');
  });

  it('runs bash on the same files, and tells the exit code', async () => {
    await session.value('open("numbers.txt", "w").write("3\\n1\\n2\\n")');
    const { data, error } = await session.bash('sort numbers.txt; echo oops >&2; exit 3');
    expect(error).toBeNull();
    expect(data).toMatchObject({ stdout: '1\n2\n3\n', stdoutLines: 3, stderr: 'oops\nexit code 3' });
  });

  it('calls tools of the session from Python, on its record', async () => {
    const { data } = await session.python(
      'result, error = run_composio_tool("TIME_GET_CURRENT_TIME", {"timezone": "Asia/Tokyo"})\nprint(error)\nresult["data"]["timezone"]',
    );
    expect(data.results).toBe("'Asia/Tokyo'");
    expect(await session.value('run_composio_tool("COMPOSIO_SEARCH_TOOLS", {})[1]')).toContain('meta tool');
    expect(await session.value('run_composio_tool("NO_SUCH_TOOL", {})[1]')).toContain('NO_SUCH_TOOL');
  });

  it('says which settings a helper needs whose back end is not configured', async () => {
    expect(await session.value('invoke_llm("hello")[1]')).toContain('PATCHBAY_LLM_BASE_URL');
    expect(await session.value('web_search("hello")[1]')).toContain('PATCHBAY_WEB_SEARCH_URL');
  });

  it("calls with the session's account, a tool and the provider itself, and the record says which sandbox it was", async () => {
    const { apiKey } = await createProject(unique('sandboxed'));
    const user = unique('user');
    const composio = newComposio(apiKey);
    const account = await connectKeyed(composio, user, await customConfig(composio, 'keyed', 'API_KEY'));
    const own = await WorkbenchSession.open({ user_id: user, toolkits: { enable: ['keyed'] } }, { apiKey });
    const code = [
      'whole, none = proxy_execute("GET", "/echo", "keyed", query_params={"text": "hi"}, headers={"x-asked-by": "me"})',
      'refused = proxy_execute("GET", "https://elsewhere.example/", "keyed")[1]',
      'answer, _ = run_composio_tool("KEYED_WHO_AM_I")',
      'whole, none, refused != "", answer["data"]["name"]',
    ].join('\n');
    const ran = await own.python(code);
    expect(ran.data.results).toBe("({'name': 'ada', 'text': 'hi'}, '', True, 'ada')");
    const within = async () => {
      const calls = (await recorded({ session_id: own.id }, { apiKey })).filter(({ parent }) => parent);
      expect(calls).toHaveLength(3);
      return calls;
    };
    const calls = await eventually(within);
    const sandbox = String(calls[0]?.metadata['sandbox_id']);
    expect(sandbox.endsWith(ran.data.sandbox_id_suffix ?? '')).toBe(true);
    for (const { metadata, parent } of calls) {
      expect(metadata).toMatchObject({ sandbox_id: sandbox, connected_account_id: account });
      expect(parent).toEqual({ log_id: ran.log_id, tool_slug: PYTHON });
    }
    expect(calls.map(({ metadata, status }) => [metadata['tool_slug'], status])).toEqual([
      ['KEYED_WHO_AM_I', 'success'],
      ['PROXY_EXECUTE', 'failed'],
      ['PROXY_EXECUTE', 'success'],
    ]);
    expect(await recorded({ sandbox_id: sandbox }, { apiKey })).toEqual(calls);
  });

  it('searches, runs fifty tools side by side from Python and counts them, all over MCP', async () => {
    const session = await newComposio().create('workbench-mcp', { toolkits: ['time'], mcp: true });
    const client = await connectMcp(session.mcp);
    try {
      const found = await callTool(client, 'COMPOSIO_SEARCH_TOOLS', {
        queries: [{ use_case: 'what time is it in a city' }],
        session: { generate_id: true },
      });
      expect(JSON.stringify(found.data)).toContain('TIME_GET_CURRENT_TIME');
      const code = [
        'zones = ["Asia/Tokyo", "Europe/Paris", "America/New_York", "UTC", "Asia/Kolkata"]',
        'calls = [("TIME_GET_CURRENT_TIME", {"timezone": zones[i % 5]}) for i in range(50)]',
        'answers = run_composio_tools(calls)',
        'rows = [{"zone": answer["data"]["timezone"], "error": error} for answer, error in answers]',
        'try:',
        '    import pandas',
        '    counts = pandas.DataFrame(rows).groupby("zone").size().to_dict()',
        'except ImportError:',
        '    counts = {zone: sum(row["zone"] == zone for row in rows) for zone in zones}',
        'for zone in zones[:3]:',
        '    print(zone, counts[zone])',
      ].join('\n');
      const { data, successful } = await callTool(client, PYTHON, { code_to_execute: code });
      expect({ stdout: data['stdout'], successful }).toEqual({
        stdout: 'Asia/Tokyo 10\nEurope/Paris 10\nAmerica/New_York 10\n',
        successful: true,
      });
    } finally {
      await client.close();
    }
  });
});
