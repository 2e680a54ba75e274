import type { PipeTransform } from '@nestjs/common';
import {
  AppError,
  describeIssues,
  EventEnvelope,
  type EventContract,
  type RequestContract,
  type SignalContract,
} from '@patchbay/contracts';
import { z } from 'zod';

/** Guilty until parsed: the handler sees only what its contract's input schema returned. */
export class ContractPipe implements PipeTransform {
  constructor(private readonly contract: RequestContract) {}

  transform(value: unknown): unknown {
    return parseInput(this.contract.input, value);
  }
}

export class EventPipe implements PipeTransform {
  private readonly schema: z.ZodType;

  constructor(contract: EventContract) {
    this.schema = EventEnvelope.extend({ data: contract.data });
  }

  transform(value: unknown): unknown {
    return parseInput(this.schema, value);
  }
}

export class SignalPipe implements PipeTransform {
  constructor(private readonly contract: SignalContract) {}

  transform(value: unknown): unknown {
    return parseInput(this.contract.signal, value);
  }
}

/** Parses what came from outside, or throws `invalid_request` naming each wrong field. */
export function parseInput<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = describeIssues(parsed.error);
  throw new AppError('invalid_request', `Invalid input: ${issues.join('; ')}`, { issues });
}
