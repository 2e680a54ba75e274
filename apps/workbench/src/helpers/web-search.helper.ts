import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { z } from 'zod';
import type { HelperAnswer } from '../agent/index.js';
import type { WorkbenchConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { fetchJson } from './fetch-json.js';
import { success, type Helper } from './helper.js';

const input = z.strictObject({ query: z.string().min(1).max(2_000) });
const Found = z.object({
  answers: z.array(z.union([z.string(), z.object({ answer: z.string() })])).default([]),
  results: z.array(z.object({ title: z.string(), url: z.string(), content: z.string().default('') })),
});
const SHOWN = 10;

/** web_search: what the operator's search engine finds, as text. */
@Injectable()
export class WebSearchHelper implements Helper<typeof input> {
  readonly name = 'web_search';
  readonly input = input;

  constructor(@Inject(CONFIG) private readonly config: WorkbenchConfig) {}

  async run({ query }: z.output<typeof input>): Promise<HelperAnswer> {
    const { PATCHBAY_WEB_SEARCH_URL: base } = this.config;
    if (!base) {
      throw new AppError('unavailable', 'No web search is configured.', {
        suggestion: 'The operator sets PATCHBAY_WEB_SEARCH_URL to a SearXNG.',
      });
    }
    const url = new URL(`${base.replace(/\/+$/, '')}/search`);
    url.search = new URLSearchParams({ q: query, format: 'json' }).toString();
    const found = Found.safeParse(
      await fetchJson({
        name: 'The web search',
        url,
        limitSeconds: this.config.PATCHBAY_HELPER_TIME_LIMIT_SECONDS,
        settings: 'PATCHBAY_WEB_SEARCH_URL',
      }),
    );
    if (!found.success)
      throw new AppError('unavailable', 'The web search sent what is not a SearXNG answer.');
    const answers = found.data.answers.map((item) => (typeof item === 'string' ? item : item.answer));
    const results = found.data.results
      .slice(0, SHOWN)
      .map(({ title, url: link, content }) => [title, link, content].filter(Boolean).join('\n'));
    return success([...answers, ...results].join('\n\n') || 'Nothing was found.');
  }
}
