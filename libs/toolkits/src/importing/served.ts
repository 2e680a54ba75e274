import type { ToolkitSpec } from '../toolkit.js';
import type { PublicSlug } from './public-slugs.js';

/** How many of the newest public slugs of a toolkit are served, and why the others are not. */
export function reportServed(
  { slug: toolkit, tools }: ToolkitSpec,
  known: readonly PublicSlug[],
  notServed: Readonly<Record<string, readonly string[]>>,
): string {
  const newest = known.reduce((latest, { asOf }) => (asOf > latest ? asOf : latest), '');
  const current = known.filter(({ asOf }) => asOf === newest);
  const served = new Set(tools.flatMap(({ slug, aliases = [] }) => [slug, ...aliases]));
  const missing = current.filter(({ slug }) => !served.has(slug));
  const reasons = new Map(
    Object.entries(notServed).flatMap(([reason, slugs]) => slugs.map((slug) => [slug, reason] as const)),
  );
  const whyNot = ({ slug, upstream }: PublicSlug) =>
    reasons.get(slug) ?? (upstream ? `retired: ${upstream}` : 'no operation of these words');
  return [
    ...missing.map((one) => `not served  ${one.slug}  ${whyNot(one)}`),
    `${toolkit}: ${current.length - missing.length} of ${current.length} public slugs of ${newest} served`,
  ].join('\n');
}
