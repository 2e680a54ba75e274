import { Inject, Injectable } from '@nestjs/common';
import {
  AppError,
  readJson,
  type CallContext,
  type generateArguments,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { OPERATOR, OutboundClient } from '@patchbay/service';
import { checkArguments } from '@patchbay/toolkits';
import { z } from 'zod';
import { providerDeadline } from '../calls/index.js';
import type { CatalogueEntry } from '../toolkits/index.js';
import { CatalogueService } from '../catalogue/index.js';
import type { ToolsConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';

type Generation = InputOf<typeof generateArguments> & { context: CallContext };

const PROMPT =
  'Call the function with the arguments that the text asks for. Take values from the text alone, and leave out what it does not say.';
const MAX_ANSWER_BYTES = 1024 * 1024;

/** The part of a chat completion that matters here. */
const Completion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({
          tool_calls: z.array(z.object({ function: z.object({ arguments: z.string() }) })).nullish(),
        }),
      }),
    )
    .min(1),
});

/** Makes arguments out of texts by the model that the operator set up. */
@Injectable()
export class ArgumentGenerationService {
  private readonly http: OutboundClient | undefined;

  constructor(
    private readonly catalogue: CatalogueService,
    @Inject(CONFIG) private readonly config: ToolsConfig,
  ) {
    // The operator's own word: his model may well be on his own network.
    if (config.PATCHBAY_MODEL_URL) this.http = new OutboundClient([new URL(config.PATCHBAY_MODEL_URL).host]);
  }

  async generate(input: Generation): Promise<OutputOf<typeof generateArguments>> {
    const entry = await this.catalogue.entry(input.projectId, input.toolSlug, { versions: input.version });
    if (!this.http) {
      return { error: 'No model is set up: the operator sets PATCHBAY_MODEL_URL and PATCHBAY_MODEL.' };
    }
    try {
      return await this.ask(this.http, entry, input);
    } catch (error) {
      if (error instanceof AppError) return { error: `The model could not be asked: ${error.message}` };
      throw error;
    }
  }

  private async ask(
    http: OutboundClient,
    { definition, spec }: CatalogueEntry,
    { text, description, systemPrompt, context }: Generation,
  ): Promise<OutputOf<typeof generateArguments>> {
    const { PATCHBAY_MODEL_URL: base = '', PATCHBAY_MODEL: model, PATCHBAY_MODEL_API_KEY: key } = this.config;
    const name = definition.slug;
    const { status, body } = await http.send({
      purpose: OPERATOR,
      method: 'POST',
      url: new URL(`${base.replace(/\/$/, '')}/chat/completions`),
      headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({
        model,
        messages: [
          { role: 'system', content: systemPrompt ?? PROMPT },
          { role: 'user', content: text },
        ],
        tools: [
          {
            type: 'function',
            function: {
              name,
              description: description ?? definition.description,
              parameters: definition.inputSchema,
            },
          },
        ],
        tool_choice: { type: 'function', function: { name } },
      }),
      timeoutMs: Math.max(providerDeadline(context) - Date.now(), 1),
      maxBytes: MAX_ANSWER_BYTES,
    });
    if (status >= 300) return { error: `The model answered with status ${status}.` };
    const given = argumentsIn(body.toString());
    if (!given) return { error: 'The model made no arguments of the text.' };
    const checked = checkArguments(spec, given);
    return checked.ok
      ? { arguments: given }
      : { arguments: given, error: `The arguments do not fit yet: ${checked.issues.join('; ')}` };
  }
}

function argumentsIn(text: string): Record<string, unknown> | undefined {
  try {
    const [choice] = Completion.parse(JSON.parse(text)).choices;
    const written = choice?.message.tool_calls?.[0]?.function.arguments;
    return written ? z.record(z.string(), z.unknown()).parse(readJson(written)) : undefined;
  } catch {
    return undefined;
  }
}
