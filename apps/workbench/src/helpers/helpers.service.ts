import { Inject, Injectable } from '@nestjs/common';
import { AppError, describeIssues } from '@patchbay/contracts';
import { LOGGER, type Logger } from '@patchbay/service';
import type { HelperAnswer } from '../agent/index.js';
import { HELPERS, type Helper } from './helper.js';
import type { HelperCaller } from './helper.caller.js';

/** An issue quotes what it does not know, which may be as long as the arguments. */
const SHOWN_CHARACTERS = 1_000;

/** Calls helpers by name. Nothing that a sandbox sends is trusted before it is parsed. */
@Injectable()
export class HelpersService {
  private readonly helpers: ReadonlyMap<string, Helper>;

  constructor(
    @Inject(HELPERS) helpers: readonly Helper[],
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.helpers = new Map(helpers.map((helper) => [helper.name, helper]));
  }

  /** Never throws: every failure is the error of the answer. */
  async call(caller: HelperCaller, name: string, given: Record<string, unknown>): Promise<HelperAnswer> {
    try {
      const helper = this.helpers.get(name);
      if (!helper) return failure(`There is no helper ${name}.`);
      const input = helper.input.safeParse(given);
      if (!input.success)
        return failure(
          `Invalid arguments: ${describeIssues(input.error).join('; ').slice(0, SHOWN_CHARACTERS)}`,
        );
      return await helper.run(input.data, caller);
    } catch (error) {
      if (error instanceof AppError) {
        return failure([error.message, error.suggestion].filter(Boolean).join(' '));
      }
      this.logger.error({ err: error, helper: name }, 'a helper failed');
      return failure('The helper failed in an unexpected way.');
    }
  }
}

function failure(error: string): HelperAnswer {
  return { result: null, error };
}
