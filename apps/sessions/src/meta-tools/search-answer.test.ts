import { describe, expect, it } from 'vitest';
import { nextSteps, planFor } from './search-guidance.js';
import { schemasBySlug } from './tool-schemas.js';

const tool = (slug: string, more: object = {}) => ({
  slug,
  toolkit: 'github',
  description: 'Does it.',
  required: ['owner', 'title'],
  inputSchema: '{"type":"object"}',
  tags: [],
  ...more,
});
const status = (connected: boolean) => ({
  toolkit: 'github',
  description: 'GitHub.',
  has_active_connection: connected,
  status_message: '',
});

describe('the plan for what was found', () => {
  it('begins with what is missing: an account, and fields that are not known', () => {
    const plan = planFor([tool('GITHUB_CREATE')], [status(false)], 'owner:octocat, color:red');
    expect(plan.recommended_plan_steps).toEqual([
      expect.stringContaining('Connect github'),
      expect.stringMatching(/title/),
      expect.stringContaining('GITHUB_CREATE'),
    ]);
    expect(plan.execution_guidance).not.toContain('owner');
  });

  it('warns of destructive tools, and has no plan where no tool was found', () => {
    const plan = planFor([tool('GITHUB_DELETE', { tags: ['destructiveHint'] })], [status(true)], undefined);
    expect(plan.known_pitfalls).toEqual([expect.stringContaining('GITHUB_DELETE')]);
    expect(planFor([], [], undefined)).toEqual({});
  });

  it('names no tool that the session does not have', () => {
    expect(nextSteps([status(false)], []).join(' ')).not.toContain('COMPOSIO_');
    const both = ['COMPOSIO_MANAGE_CONNECTIONS', 'COMPOSIO_MULTI_EXECUTE_TOOL'];
    expect(nextSteps([status(false)], both).join(' ')).toMatch(/MANAGE_CONNECTIONS.*MULTI_EXECUTE/);
  });
});

describe('the schemas of what was found', () => {
  const large = (characters: number) => ({
    inputSchema: JSON.stringify({ type: 'object', description: 'x'.repeat(characters) }),
  });

  it('are whole while there is room, and references past it', () => {
    const tools = Array.from({ length: 8 }, (_, index) => tool(`T_${index}`, large(9_000)));
    const shown = Object.values(schemasBySlug(tools)) as { hasFullSchema: boolean }[];
    expect(shown.map(({ hasFullSchema }) => hasFullSchema)).toEqual([...Array(6).fill(true), false, false]);
  });

  it('are a reference for a single one that is very long', () => {
    expect(schemasBySlug([tool('BIG', large(20_000)), tool('SMALL')])).toMatchObject({
      BIG: {
        hasFullSchema: false,
        schemaRef: { tool: 'COMPOSIO_GET_TOOL_SCHEMAS', args: { tool_slugs: ['BIG'] } },
      },
      SMALL: { hasFullSchema: true },
    });
  });
});
