import { describe, expect, it } from 'vitest';
import { AppError, type ToolDefinition } from '@patchbay/contracts';
import { presentToolResult, presentRefusal, presentTool } from './tool.presenter.js';

const TOOL: ToolDefinition = {
  slug: 'GITHUB_GET_AN_ISSUE',
  name: 'Get an issue',
  description: 'Reads an issue.',
  toolkit: { slug: 'github', name: 'GitHub', logo: '' },
  inputSchema: { type: 'object', properties: { number: { type: 'integer' } } },
  outputSchema: {
    type: 'object',
    properties: {
      data: { type: 'object', properties: { user: { $ref: '#/$defs/User' } }, $defs: { User: {} } },
      error: { type: ['string', 'null'] },
      successful: { type: 'boolean' },
    },
  },
  needsAccount: true,
  version: '20260101_00',
  scopes: [],
  tags: ['important', 'readOnlyHint'],
  deprecated: false,
};

describe('a tool for MCP clients', () => {
  const presented = presentTool(TOOL);

  it('has its title and the hints among its tags', () => {
    expect(presented).toMatchObject({
      name: TOOL.slug,
      title: 'Get an issue',
      annotations: { title: 'Get an issue', readOnlyHint: true },
    });
    expect(presented.annotations).not.toHaveProperty('important');
  });

  it('describes its data, takes any other, and keeps references resolvable', () => {
    expect(presented.outputSchema).toMatchObject({
      properties: { data: { anyOf: [{ properties: { user: { $ref: '#/$defs/User' } } }, {}] } },
      $defs: { User: {} },
    });
  });
});

describe('an answer for MCP clients', () => {
  it('is said as text and as structure, with what else belongs to it', () => {
    const image = { type: 'image', data: '…', mimeType: 'image/png' };
    const outcome = {
      successful: true,
      data: { id: 1 },
      error: null,
      logId: 'log_1',
      connectionId: null,
      content: [image],
    };
    const answer = { successful: true, data: { id: 1 }, error: null, log_id: 'log_1' };
    expect(presentToolResult(outcome)).toEqual({
      content: [{ type: 'text', text: JSON.stringify(answer) }, image],
      structuredContent: answer,
      isError: false,
    });
  });

  it('tells the model of a refusal what it can do', () => {
    const refusal = new AppError('tool_not_found', 'There is no tool X.', { suggestion: 'Did you mean Y?' });
    expect(presentRefusal(refusal)).toMatchObject({
      isError: true,
      structuredContent: { successful: false, error: 'There is no tool X. Did you mean Y?' },
    });
  });
});
