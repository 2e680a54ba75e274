import { z } from 'zod';
import { functionTool, graphqlTool, type ToolSpec } from '../toolkit.js';
import { sendGraphql } from '../graphql.js';
import { after, connection, first, id, Node, PageInfo } from './fields.js';

const READ = ['read'];
const nodesOf = (value: unknown) => connection(value).nodes;
const Things = <K extends string>(key: K) => z.object({ [key]: z.array(Node), items: z.array(Node) });

/** Linear refuses what could answer too much: more teams at once, with fifty of each, would be. */
const TEAM_NODES = `teams(first: 50) { nodes {
  id key name description
  members(first: 50) { nodes { id name email } } projects(first: 50) { nodes { id name } }
} }`;
const TEAMS = `query { ${TEAM_NODES} }`;
const TEAMS_OF_PROJECT = `query($id: String!) { project(id: $id) { ${TEAM_NODES} } }`;

export const workspaceTools: ToolSpec[] = [
  functionTool({
    slug: 'LINEAR_LIST_LINEAR_TEAMS',
    name: 'Get teams',
    description:
      'Lists the teams of the workspace with their members and projects; issues are made for a team.',
    input: z.object({ project_id: z.string().optional().describe('Only the teams of this project.') }),
    output: Things('teams'),
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    run: async ({ project_id: id }, { http }) => {
      const data = id
        ? await sendGraphql(http, { document: TEAMS_OF_PROJECT, variables: { id } })
        : await sendGraphql(http, { document: TEAMS, variables: {} });
      const { teams } = z.object({ teams: z.unknown() }).parse(id ? data['project'] : data);
      const found = z.array(Node).parse(nodesOf(teams));
      const flat = found.map((team) => ({
        ...team,
        members: nodesOf(team['members']),
        projects: nodesOf(team['projects']),
      }));
      return { teams: flat, items: flat };
    },
  }),
  graphqlTool({
    slug: 'LINEAR_GET_ALL_LINEAR_TEAMS',
    name: 'Get all teams',
    description: 'Lists all teams of the workspace by id and name; LINEAR_LIST_LINEAR_TEAMS tells more.',
    input: z.object({}),
    output: Things('teams'),
    tags: ['readOnlyHint'],
    scopes: READ,
    document: 'query { teams(first: 250) { nodes { id key name } } }',
    answer: ({ teams }) => ({ teams: nodesOf(teams), items: nodesOf(teams) }),
  }),
  graphqlTool({
    slug: 'LINEAR_LIST_LINEAR_PROJECTS',
    name: 'List Linear projects',
    description: 'Lists the projects of the workspace with their state, lead and dates.',
    input: z.object({ first: first(50), after }),
    output: Things('projects').extend({ page_info: PageInfo }),
    tags: ['readOnlyHint'],
    scopes: READ,
    document: `query($first: Int, $after: String) {
      projects(first: $first, after: $after) {
        nodes { id name description state progress startDate targetDate url lead { id name } }
        pageInfo { hasNextPage endCursor }
      }
    }`,
    answer: ({ projects }) => {
      const { nodes, pageInfo } = connection(projects);
      return { projects: nodes, items: nodes, page_info: pageInfo };
    },
  }),
  graphqlTool({
    slug: 'LINEAR_CREATE_LINEAR_PROJECT',
    name: 'Create project',
    description: 'Makes a new project for one or several teams.',
    input: z.object({
      name: z.string().min(1).describe('Name of the project.'),
      team_ids: z.array(z.string()).min(1).describe('Ids of its teams.'),
      description: z.string().max(255).optional().describe('What it is about, in one line.'),
      lead_id: z.string().optional().describe('Id of the person who leads it.'),
      start_date: z.iso.date().optional().describe('Day that it begins, as 2026-03-01.'),
      target_date: z.iso.date().optional().describe('Day that it should be done.'),
    }),
    output: z.object({ success: z.boolean(), project: Node }),
    tags: [],
    scopes: ['write'],
    document: `mutation($input: ProjectCreateInput!) {
      projectCreate(input: $input) { success project { id name url state } }
    }`,
    variables: ({ team_ids, lead_id, start_date, target_date, ...rest }) => ({
      input: { ...rest, teamIds: team_ids, leadId: lead_id, startDate: start_date, targetDate: target_date },
    }),
    answer: (data) => data['projectCreate'] as Record<string, unknown>,
  }),
  graphqlTool({
    slug: 'LINEAR_LIST_LINEAR_STATES',
    name: 'List Linear states',
    description: "Lists the states that a team's issues go through, such as Todo and Done.",
    input: z.object({ team_id: id('team') }),
    output: Things('states'),
    tags: ['readOnlyHint'],
    scopes: READ,
    document: `query($id: String!) { team(id: $id) { states { nodes { id name type color position } } } }`,
    variables: ({ team_id }) => ({ id: team_id }),
    answer: ({ team }) => {
      const nodes = nodesOf((team as Record<string, unknown>)['states']);
      return { states: nodes, items: nodes };
    },
  }),
  graphqlTool({
    slug: 'LINEAR_LIST_LINEAR_LABELS',
    name: 'Get labels',
    description: "Lists the labels that a team's issues can have.",
    input: z.object({ team_id: id('team') }),
    output: Things('labels'),
    tags: ['readOnlyHint'],
    scopes: READ,
    document: `query($id: String!) {
      team(id: $id) { labels(first: 250) { nodes { id name color description } } }
    }`,
    variables: ({ team_id }) => ({ id: team_id }),
    answer: ({ team }) => {
      const nodes = nodesOf((team as Record<string, unknown>)['labels']);
      return { labels: nodes, items: nodes };
    },
  }),
  graphqlTool({
    slug: 'LINEAR_CREATE_LINEAR_LABEL',
    name: 'Create a label',
    description: 'Makes a new label for the issues of a team.',
    input: z.object({
      team_id: id('team'),
      name: z.string().min(1).describe('Name of the label.'),
      color: z
        .string()
        .regex(/^#[0-9a-f]{6}$/i)
        .describe('Colour as #rrggbb.'),
      description: z.string().optional().describe('What it means.'),
    }),
    output: z.looseObject({ id: z.string(), name: z.string(), team_id: z.string().nullish() }),
    tags: [],
    scopes: ['write'],
    document: `mutation($input: IssueLabelCreateInput!) {
      issueLabelCreate(input: $input) {
        success issueLabel { id name color description createdAt updatedAt team { id } }
      }
    }`,
    variables: ({ team_id, ...input }) => ({ input: { ...input, teamId: team_id } }),
    answer: (data) => {
      const Label = z.looseObject({ team: z.object({ id: z.string() }).nullish() });
      const { issueLabel } = z
        .object({ issueLabelCreate: z.object({ issueLabel: Label }) })
        .parse(data).issueLabelCreate;
      const { team, createdAt: created_at, updatedAt: updated_at, ...rest } = issueLabel;
      return { ...rest, created_at, updated_at, team_id: team?.id };
    },
  }),
  graphqlTool({
    slug: 'LINEAR_LIST_LINEAR_USERS',
    name: 'List Linear users',
    description: 'Lists the people of the workspace.',
    input: z.object({ first: first(50), after }),
    output: z.object({ users: z.array(Node), page_info: PageInfo }),
    tags: ['readOnlyHint'],
    scopes: READ,
    document: `query($first: Int, $after: String) {
      users(first: $first, after: $after) {
        nodes { id name displayName email active admin } pageInfo { hasNextPage endCursor }
      }
    }`,
    answer: ({ users }) => {
      const { nodes, pageInfo } = connection(users);
      return { users: nodes, page_info: pageInfo };
    },
  }),
  graphqlTool({
    slug: 'LINEAR_LIST_LINEAR_CYCLES',
    name: 'Get all cycles',
    description: 'Lists the cycles of all teams with their numbers and dates.',
    input: z.object({}),
    output: z.object({ cycles: z.array(Node) }),
    tags: ['readOnlyHint'],
    scopes: READ,
    document: `query {
      cycles(first: 100) { nodes { id name number startsAt endsAt progress team { id name } } }
    }`,
    answer: ({ cycles }) => ({ cycles: nodesOf(cycles) }),
  }),
  graphqlTool({
    slug: 'LINEAR_GET_CYCLES_BY_TEAM_ID',
    name: 'Get cycles by team ID',
    description: 'Lists the cycles of one team with their numbers and dates.',
    input: z.object({ team_id: id('team') }),
    output: Things('cycles'),
    tags: ['readOnlyHint'],
    scopes: READ,
    document: `query($id: String!) {
      team(id: $id) { cycles(first: 100) { nodes { id name number startsAt endsAt progress } } }
    }`,
    variables: ({ team_id }) => ({ id: team_id }),
    answer: ({ team }) => {
      const nodes = nodesOf((team as Record<string, unknown>)['cycles']);
      return { cycles: nodes, items: nodes };
    },
  }),
  graphqlTool({
    slug: 'LINEAR_GET_CURRENT_USER',
    name: 'Get current user',
    description: 'Tells as whom the account acts: id, name, address.',
    input: z.object({}),
    output: z.object({ user: Node, viewer: Node }),
    tags: ['readOnlyHint'],
    scopes: READ,
    document: 'query { viewer { id name displayName email admin organization { id name urlKey } } }',
    answer: ({ viewer }) => ({ user: viewer, viewer }),
  }),
  functionTool({
    slug: 'LINEAR_RUN_QUERY_OR_MUTATION',
    name: 'Run query or mutation',
    description: 'Sends any GraphQL query or mutation to Linear, for what no other tool does.',
    input: z.object({
      query_or_mutation: z.string().min(1).describe('The GraphQL document.'),
      variables: z.looseObject({}).default({}).describe('Its variables.'),
    }),
    output: z.looseObject({}),
    tags: ['destructiveHint'],
    scopes: ['write'],
    run: ({ query_or_mutation: document, variables }, { http }) => sendGraphql(http, { document, variables }),
  }),
];
