import type { JsonSchema } from '@patchbay/contracts';
import { anthropic } from './anthropic.js';
import { gemini } from './gemini.js';
import { openai } from './openai.js';
import type { ProviderRules } from './schema-nodes.js';

const PROVIDERS: Readonly<Record<string, ProviderRules>> = {
  OpenAI: openai,
  Anthropic: anthropic,
  Gemini: gemini,
};

/** What the providers of models would refuse in a tool: one such tool breaks every request of an agent that has it. */
export function findBreaches(slug: string, schema: JsonSchema): string[] {
  return Object.entries(PROVIDERS).flatMap(([name, rules]) =>
    rules.breaches(slug, schema).map((breach) => `${name}: ${breach}`),
  );
}
