import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { z } from 'zod';
import type { HelperAnswer } from '../agent/index.js';
import type { WorkbenchConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { fetchJson } from './fetch-json.js';
import { success, type Helper } from './helper.js';

const input = z.strictObject({
  query: z.string().min(1).max(200_000),
  effort: z.enum(['low', 'medium', 'high']).nullable().optional(),
});
const Completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/** invoke_llm: one question to the operator's language model. */
@Injectable()
export class AskModelHelper implements Helper<typeof input> {
  readonly name = 'ask_model';
  readonly input = input;

  constructor(@Inject(CONFIG) private readonly config: WorkbenchConfig) {}

  async run({ query, effort }: z.output<typeof input>): Promise<HelperAnswer> {
    const { PATCHBAY_LLM_BASE_URL: base, PATCHBAY_LLM_MODEL: model, PATCHBAY_LLM_API_KEY: key } = this.config;
    const settings = 'PATCHBAY_LLM_BASE_URL, PATCHBAY_LLM_MODEL and PATCHBAY_LLM_API_KEY';
    if (!base || !model) {
      throw new AppError('unavailable', 'No language model is configured.', {
        suggestion: `The operator sets ${settings}.`,
      });
    }
    const answer = await fetchJson(
      {
        name: 'The language model',
        url: new URL(`${base.replace(/\/+$/, '')}/chat/completions`),
        limitSeconds: this.config.PATCHBAY_HELPER_TIME_LIMIT_SECONDS,
        settings,
      },
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
        body: JSON.stringify({
          model,
          messages: [{ role: 'user', content: query }],
          ...(effort && { reasoning_effort: effort }),
        }),
      },
    );
    const completion = Completion.safeParse(answer);
    if (!completion.success) throw new AppError('unavailable', 'The language model sent no text.');
    return success(completion.data.choices[0]?.message.content ?? '');
  }
}
