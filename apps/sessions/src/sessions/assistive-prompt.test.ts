import { describe, expect, it } from 'vitest';
import { assistivePrompt } from './assistive-prompt.js';

describe('the prompt for a model', () => {
  it('names only what the session offers', () => {
    const prompt = assistivePrompt(['COMPOSIO_MULTI_EXECUTE_TOOL', 'GITHUB_CREATE_AN_ISSUE'], undefined);
    expect(prompt).toContain('COMPOSIO_MULTI_EXECUTE_TOOL');
    expect(prompt).toContain('GITHUB_CREATE_AN_ISSUE');
    expect(prompt).not.toMatch(/SEARCH_TOOLS|MANAGE_CONNECTIONS|WORKBENCH|time zone/);
  });

  it('goes from the search to the calls, and knows the time zone', () => {
    const order = ['COMPOSIO_SEARCH_TOOLS', 'COMPOSIO_MANAGE_CONNECTIONS', 'COMPOSIO_MULTI_EXECUTE_TOOL'];
    const prompt = assistivePrompt(order, 'Asia/Tokyo');
    const places = order.map((slug) => prompt.indexOf(slug));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(prompt).toContain('Asia/Tokyo');
  });

  it('stays short when very many tools are preloaded', () => {
    const many = Array.from({ length: 500 }, (_, index) => `GITHUB_TOOL_${index}`);
    const prompt = assistivePrompt(many, undefined);
    expect(prompt).toContain('and 470 more');
    expect(prompt.length).toBeLessThan(2_000);
  });
});
