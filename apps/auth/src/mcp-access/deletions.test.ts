import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createProject,
  deleteProject,
  grantMcpAccess,
  issueAccessCode,
  newId,
  registerMcpClient,
  sessionDeleted,
} from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { runAuth, startSurroundings } from '../../test/running-auth.js';

const REDIRECT_URI = 'https://app.example/callback';

let around: Awaited<ReturnType<typeof startSurroundings>>;
let auth: Awaited<ReturnType<typeof runAuth>>;

beforeAll(async () => {
  around = await startSurroundings();
  auth = await runAuth(around.settings);
});
afterAll(async () => {
  await auth?.close();
  await around?.stop();
});

async function admitClient(projectId: string) {
  const { bus } = around;
  const sessionId = newId('session');
  const { code: accessCode } = await bus.request(issueAccessCode, { projectId, sessionId, userId: 'ann' });
  const { clientId } = await bus.request(registerMcpClient, { name: 'agent', redirectUris: [REDIRECT_URI] });
  const asked = { accessCode, clientId, redirectUri: REDIRECT_URI, codeChallenge: 'challenge' };
  await bus.request(grantMcpAccess, asked);
  return sessionId;
}
const sessionsWithClients = async () => {
  const rows: { session_id: string }[] = await auth.dataSource.query('SELECT session_id FROM mcp_grants');
  return rows.map((row) => row.session_id);
};

it('shuts out the clients of a session that was deleted while the service was down, and of a deleted project', async () => {
  const { bus } = around;
  const { project } = await bus.request(createProject, { name: 'one' });
  const { project: other } = await bus.request(createProject, { name: 'other' });
  const [gone, stays] = [await admitClient(project.id), await admitClient(project.id)];
  await admitClient(other.id);
  expect(await sessionsWithClients()).toHaveLength(3);
  await auth.close();
  const data = { sessionId: gone, userId: 'ann', configVersion: 1 };
  await bus.publish(sessionDeleted, bus.envelop(project.id, data));
  auth = await runAuth(around.settings);
  await bus.request(deleteProject, { projectId: other.id });
  await eventually(async () => expect(await sessionsWithClients()).toEqual([stays]));
});
