import { readFileSync } from 'node:fs';
import { DATA_FOLDER } from './data-file.js';

/**
 * The toolkits that agents use most, in the order in which the public catalogue lists them by its own usage; what
 * one installation uses is in its record. All others are as little known as each other.
 */
export interface MostUsed {
  origin: string;
  readOn: string;
  /** Slug and name, the most used first. */
  toolkits: [string, string][];
  /** Why those that do not ship do not, by their slugs. */
  notServed: Record<string, string>;
}

export const MOST_USED = JSON.parse(readFileSync(new URL('most-used.json', DATA_FOLDER), 'utf8')) as MostUsed;

const places = new Map(MOST_USED.toolkits.map(([slug], place) => [slug, place]));

/** For sorting: the toolkit that is used most has the smallest. */
export function placeByUsage(slug: string): number {
  return places.get(slug) ?? MOST_USED.toolkits.length;
}
