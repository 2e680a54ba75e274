import { expect, it } from 'vitest';
import { newId } from '@patchbay/contracts';
import { toolsConfig } from '../config.js';
import { ProjectToolkitsService } from './project-toolkits.service.js';

type Needs = ConstructorParameters<typeof ProjectToolkitsService>;

/** Of a project that has three toolkits: whether a fourth is let through to the reading of its source. */
function addFourth(most: number): Promise<unknown> {
  const toolkits = { findOneBy: async () => null, countBy: async () => 3 } as unknown as Needs[0];
  const shipped = { toolkit: () => undefined } as unknown as Needs[2];
  const sources = { read: () => Promise.reject(new Error('is read')) } as unknown as Needs[3];
  const choice = { of: async ({ source }: { source: object }) => ({ source }) } as unknown as Needs[4];
  const config = { PATCHBAY_PROJECT_TOOLKITS: most };
  const service = new ProjectToolkitsService(toolkits, {} as Needs[1], shipped, sources, choice, config, []);
  const source = { type: 'mcp' as const, url: 'https://mcp.example.com/mcp' };
  return service.upsert({ projectId: newId('project'), slug: 'fourth', source, approve: false });
}

it.each([
  [3, 'A project may have 3 toolkits of its own, and this one has them.'],
  [4, 'is read'],
  [0, 'is read'],
])('where a project may have %i toolkits, a fourth is told: %s', async (most, words) => {
  await expect(addFourth(most)).rejects.toThrow(words);
});

it('a project may have 1,000 toolkits unless the operator says otherwise', () => {
  expect(toolsConfig.shape.PATCHBAY_PROJECT_TOOLKITS.parse(undefined)).toBe(1_000);
});
