import { beforeAll, describe, expect, it } from 'vitest';
import { SearchExplanation } from '@patchbay/contracts';
import { WordVectors } from '@patchbay/search';
import { SHIPPED_TOOLKITS } from '@patchbay/toolkits';
import { Catalogue } from '../toolkits/catalogue.js';
import { ProjectCatalogue } from '../toolkits/project.catalogue.js';
import { LocalEmbeddings } from './local.embeddings.js';
import { ProjectTuning } from './project.tuning.js';
import { SearchService } from './search.service.js';

const shipped = new Catalogue(
  SHIPPED_TOOLKITS.filter(({ slug }) => ['github', 'time', 'gmail'].includes(slug)),
);
const catalogue = new ProjectCatalogue([{ catalogue: shipped }]);
let search: SearchService;
beforeAll(async () => {
  search = new SearchService(shipped, new LocalEmbeddings(await WordVectors.read()));
  await search.embedded;
});

const explain = async (text: string, options: object = {}) => {
  const { hits } = await search.search(
    catalogue,
    { queries: [{ useCase: text }], scope: { tags: {}, tools: {} }, withExplanation: true, ...options },
    new ProjectTuning(new Map(), new Map([['GITHUB_CREATE_AN_ISSUE', 1.5]])),
  );
  const [hit] = hits;
  if (!hit?.explanation) throw new Error('there is no explanation');
  return {
    hit,
    explanation: hit.explanation,
    toolOf: (slug: string) => hit.explanation?.tools.find((tool) => tool.slug === slug),
  };
};

describe('an explanation of a search', () => {
  it('has parts that make the score of each tool, in the order of the answer', async () => {
    const { hit, explanation } = await explain('open a bug in a github repository', {
      connected: ['github'],
    });
    expect(SearchExplanation.parse(explanation)).toEqual(explanation);
    expect(explanation.tools.map(({ slug }) => slug).toSorted()).toEqual(
      [...hit.primaryTools, ...hit.relatedTools]
        .toSorted()
        .filter((slug) => explanation.tools.some((tool) => tool.slug === slug)),
    );
    for (const { score, parts, boost, factors } of explanation.tools) {
      const sum = parts.reduce((whole, { gives }) => whole + gives, 0);
      expect(sum * boost * factors.name).toBeCloseTo(score, 6);
    }
    const scores = explanation.tools.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it('says how each word was found and where, what is wanted and what was named', async () => {
    const { explanation, toolOf } = await explain('post a case in a github repositry', {
      connected: ['github'],
    });
    expect(explanation).toMatchObject({ toolkits: ['github'], clauses: [] });
    const words = toolOf('GITHUB_CREATE_AN_ISSUE')?.words;
    expect(words).toContainEqual(
      expect.objectContaining({
        word: 'case',
        found: 'issu',
        how: 'synonym',
        fields: expect.arrayContaining(['name', 'description']),
      }),
    );
    expect(words).toContainEqual(expect.objectContaining({ word: 'repositry', how: 'spelling' }));
    expect(toolOf('GITHUB_CREATE_AN_ISSUE')).toMatchObject({
      operation: 'write',
      boost: 1.5,
      alias: null,
      parts: expect.arrayContaining([{ part: 'ready', gives: expect.any(Number) }]),
    });
  });

  it('says for which part of a sentence a tool was found', async () => {
    const text = 'send an email to Ann, then convert the time to another time zone';
    const { explanation, toolOf } = await explain(text);
    expect(explanation.clauses).toHaveLength(2);
    expect(toolOf('TIME_CONVERT_TIME')?.clause ?? text).toContain('convert the time');
    expect(toolOf('GMAIL_SEND_EMAIL')?.words.map(({ word }) => word)).toContain('email');
  });
});
