import { Injectable } from '@nestjs/common';
import { AppError, TextValue, writeJson } from '@patchbay/contracts';
import { z } from 'zod';
import { type HelperAnswer, PlainObject } from '../agent/index.js';
import { GatewayClient } from './gateway.client.js';
import type { Helper } from './helper.js';
import type { HelperCaller } from './helper.caller.js';

const MAX_VALUES = 200;
const Values = PlainObject(MAX_VALUES).pipe(z.record(z.string(), TextValue));
const input = z.strictObject({
  toolkit: z.string().min(1).max(200),
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']),
  endpoint: z.string().min(1).max(8_000),
  query: Values,
  headers: Values,
  body: z.unknown(),
});
const Outcome = z.object({ status: z.int(), data: z.unknown() });
const SHOWN_CHARACTERS = 500;

/** proxy_execute: a request to a toolkit's own API with the session's account, unless the session forbids it. */
@Injectable()
export class ProxyHelper implements Helper<typeof input> {
  readonly name = 'proxy';
  readonly input = input;

  constructor(private readonly gateway: GatewayClient) {}

  async run(given: z.output<typeof input>, caller: HelperCaller): Promise<HelperAnswer> {
    if (!caller.workspace.run.proxyExecution) {
      throw new AppError('forbidden', 'proxy_execute is switched off in this session.', {
        suggestion: 'Use run_composio_tool, or have workbench.enable_proxy_execution set to true.',
      });
    }
    const { toolkit, method, endpoint, query, headers, body } = given;
    const parameters = [
      ...Object.entries(query).map(([name, value]) => ({ name, value, type: 'query' })),
      ...Object.entries(headers).map(([name, value]) => ({ name, value, type: 'header' })),
    ];
    const answer = await this.gateway.post(caller, 'proxy_execute', {
      toolkit_slug: toolkit,
      endpoint,
      method,
      parameters,
      ...(body !== null && body !== undefined && { body }),
    });
    const { status, data } = Outcome.parse(answer);
    const text = typeof data === 'string' ? data : writeJson(data);
    const error = status >= 400 ? `API returned status ${status}: ${text.slice(0, SHOWN_CHARACTERS)}` : '';
    return { result: data, error };
  }
}
