import type { z } from 'zod';
import type { HelperAnswer } from '../agent/helper-line.js';
import type { HelperCaller } from './helper.caller.js';

/** A function that code in a sandbox finds ready, as far as it is done out here. */
export interface Helper<I extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly input: I;
  run(input: z.output<I>, caller: HelperCaller): Promise<HelperAnswer>;
}

export const HELPERS = Symbol('helpers');

export function success(result: unknown): HelperAnswer {
  return { result, error: '' };
}
