import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { Flat, gid, inQuery, Many, One, options, paging, text, unwrap } from './fields.js';

const READ = ['projects:read'];

export const projectTools: ToolSpec[] = [
  requestTool({
    slug: 'ASANA_CREATE_A_PROJECT',
    name: 'Create a project',
    description: 'Makes a new project in a workspace or team.',
    input: z.object({
      data: z
        .looseObject({
          name: text('Name of the project.'),
          workspace: text('Id of the workspace.'),
          team: text('Id of the team, in an organisation.'),
          notes: text('What it is about.'),
          color: text('Its colour, such as light-green.'),
          due_on: text('Day that it is due, as 2026-03-01.'),
          default_view: text('list, board, calendar or timeline.'),
        })
        .describe('The project.'),
      ...options,
    }),
    output: One,
    tags: [],
    scopes: ['projects:write'],
    request: ({ data, ...query }) => ({
      method: 'POST',
      url: '/projects',
      query: inQuery(query),
      body: { json: { data } },
    }),
  }),
  requestTool({
    slug: 'ASANA_GET_A_PROJECT',
    name: 'Get a project',
    description: 'Reads one project: name, text, owner, dates, state.',
    input: z.object({ project_gid: gid('project'), ...options }),
    output: One,
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ project_gid, ...query }) => ({
      method: 'GET',
      url: path`/projects/${project_gid}`,
      query: inQuery(query),
    }),
  }),
  requestTool({
    slug: 'ASANA_GET_WORKSPACE_PROJECTS',
    name: 'Get workspace projects',
    description: 'Lists the projects of a workspace.',
    input: z.object({
      workspace_gid: gid('workspace'),
      archived: z.boolean().optional().describe('Only those put away, or not.'),
      ...paging,
      opt_fields: options.opt_fields,
    }),
    output: Many,
    covers: ['GET /workspaces/{workspace_gid}/projects'],
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: ({ workspace_gid, ...query }) => ({
      method: 'GET',
      url: path`/workspaces/${workspace_gid}/projects`,
      query: inQuery(query),
    }),
  }),
  requestTool({
    slug: 'ASANA_GET_MULTIPLE_WORKSPACES',
    name: 'Get multiple workspaces',
    description: 'Lists the workspaces that the account is in.',
    input: z.object({ ...paging, ...options }),
    output: Many,
    tags: ['important', 'readOnlyHint'],
    scopes: ['workspaces:read'],
    request: (query) => ({ method: 'GET', url: '/workspaces', query: inQuery(query) }),
  }),
  requestTool({
    slug: 'ASANA_GET_CURRENT_USER',
    name: 'Get current user',
    description: 'Tells as whom the account acts, and in which workspaces.',
    input: z.object({}),
    output: Flat,
    tags: ['readOnlyHint'],
    scopes: ['users:read'],
    request: () => ({ method: 'GET', url: '/users/me' }),
    answer: unwrap,
  }),
];
