import type { z } from 'zod';
import type { HelperAnswer } from '../agent/index.js';
import type { HelperCaller } from './helper.caller.js';

/** The workbench's side of a function that code in a sandbox can call. */
export interface Helper<I extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly input: I;
  run(input: z.output<I>, caller: HelperCaller): Promise<HelperAnswer>;
}

export const HELPERS = Symbol('helpers');

export function success(result: unknown): HelperAnswer {
  return { result, error: '' };
}
