import { Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { z } from 'zod';
import { type HelperAnswer, PlainObject } from '../agent/index.js';
import { GatewayClient } from './gateway.client.js';
import type { Helper } from './helper.js';
import type { HelperCaller } from './helper.caller.js';

const input = z.strictObject({
  tool_slug: z.string().min(1).max(200),
  arguments: PlainObject(),
  account: z.string().nullable().optional(),
});
const Outcome = z.object({
  data: PlainObject(),
  error: z.string().nullable(),
  log_id: z.string(),
});

/** run_composio_tool: by the session's own API, with its scope, its accounts and its record. */
@Injectable()
export class RunToolHelper implements Helper<typeof input> {
  readonly name = 'run_tool';
  readonly input = input;

  constructor(private readonly gateway: GatewayClient) {}

  async run({ account, ...call }: z.output<typeof input>, caller: HelperCaller): Promise<HelperAnswer> {
    if (call.tool_slug.toUpperCase().startsWith('COMPOSIO_')) {
      throw new AppError(
        'invalid_request',
        `${call.tool_slug} is a meta tool: call it outside of the workbench.`,
      );
    }
    const answer = await this.gateway.post(caller, 'execute', { ...call, ...(account && { account }) });
    const result = Outcome.parse(answer);
    return { result, error: result.error ?? '' };
  }
}
