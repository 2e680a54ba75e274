import { Inject, Injectable } from '@nestjs/common';
import { AppError, readJson, writeJson } from '@patchbay/contracts';
import { z } from 'zod';
import type { WorkbenchConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { readText } from './fetch-json.js';
import type { HelperCaller } from './helper.caller.js';

/** Somewhat more than the gateway itself takes at most. */
const LIMIT_MS = 60_000;

/** Somewhat more than the largest message between services. */
const MAX_ANSWER_BYTES = 10 * 1024 * 1024;

const Refusal = z.object({
  error: z.object({ message: z.string(), suggested_fix: z.string().optional() }),
});

/** The workbench as a client of the public API, with the key of one sandbox: it can do what that session can. */
@Injectable()
export class GatewayClient {
  constructor(@Inject(CONFIG) private readonly config: WorkbenchConfig) {}

  /** @throws AppError with the API's own message when it refuses */
  async post(caller: HelperCaller, route: string, body: object): Promise<unknown> {
    const { session, run } = caller.workspace;
    const base = this.config.PATCHBAY_GATEWAY_URL ?? this.config.PUBLIC_URL;
    const response = await fetch(new URL(`/api/v3.1/tool_router/session/${session.id}/${route}`, base), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-workbench-access-key': caller.key,
        'x-workbench-log-id': run.logId,
        ...(!run.storePayloads && { 'x-workbench-payloads': 'none' }),
      },
      body: writeJson(body),
      signal: AbortSignal.timeout(LIMIT_MS),
    }).catch((cause: unknown) => {
      throw new AppError('unavailable', 'The gateway could not be reached from the workbench.', { cause });
    });
    const text = await readText('The gateway', response, MAX_ANSWER_BYTES).catch((error: unknown) => {
      if (error instanceof AppError) throw error;
      throw new AppError('unavailable', "The gateway's answer was interrupted.", { cause: error });
    });
    const answer = jsonOf(text);
    if (response.ok) return answer;
    const refusal = Refusal.safeParse(answer);
    if (!refusal.success) {
      throw new AppError('unavailable', `The gateway answered ${response.status} without a reason.`, {
        suggestion: 'The operator looks at PATCHBAY_GATEWAY_URL: it has to lead to the gateway itself.',
      });
    }
    const { message, suggested_fix: suggestion } = refusal.data.error;
    throw new AppError(response.status === 429 ? 'rate_limited' : 'invalid_request', message, { suggestion });
  }
}

function jsonOf(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}
