import { plainText } from './blocks.js';

/** Pages keep their title among their properties, databases beside them. */
export function titleOf(item: Record<string, unknown>): string {
  if (Array.isArray(item['title'])) return plainText(item['title']);
  const properties = Object.values(
    (item['properties'] ?? {}) as Record<string, { type?: string; title?: unknown }>,
  );
  return plainText(properties.find(({ type }) => type === 'title')?.title);
}
