import { z } from 'zod';
import { AppError } from './error.js';

/** Input fields of every list: `cursor` is opaque and comes from the page before. */
export const PageRequest = {
  limit: z.int().min(1).max(1000).default(20),
  cursor: z.string().max(512).optional(),
};
export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
}

export interface Page<T> {
  items: T[];
  /** Null on the last page. */
  nextCursor: string | null;
  total: number;
  /** Counts from 1. */
  page: number;
}

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.int(),
    page: z.int(),
  });
}

export function encodeCursor(position: Record<string, string | number>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws AppError `invalid_request` when it is none of ours */
export function decodeCursor<T extends z.ZodType>(schema: T, cursor: string): z.output<T> {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (error) {
    throw new AppError('invalid_request', 'The cursor cannot be read.', {
      issues: ['cursor: is not one that a list of ours answered'],
      cause: error,
    });
  }
}

const Offset = z.strictObject({ offset: z.int().min(0) });

/** A page of a list that lies whole in memory and keeps its order. */
export function pageOfList<T>(all: readonly T[], { limit, cursor }: PageRequest): Page<T> {
  const offset = cursor ? decodeCursor(Offset, cursor).offset : 0;
  const end = offset + limit;
  return {
    items: all.slice(offset, end),
    nextCursor: end < all.length ? encodeCursor({ offset: end }) : null,
    total: all.length,
    page: Math.floor(offset / limit) + 1,
  };
}
