import { z } from 'zod';

/** Back ends of helpers. One that is not there makes its helper say which setting it needs. */
export const helperSettings = {
  /** An API that speaks OpenAI's chat completions, for instance https://api.openai.com/v1. */
  PATCHBAY_LLM_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  PATCHBAY_LLM_API_KEY: z.string().min(1).optional(),
  PATCHBAY_LLM_MODEL: z.string().min(1).optional(),
  /** A SearXNG with its JSON format switched on, for instance https://searx.example.com. */
  PATCHBAY_WEB_SEARCH_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** The longest that either may take for an answer. */
  PATCHBAY_HELPER_TIME_LIMIT_SECONDS: z.coerce.number().int().min(1).max(180).default(120),
};
