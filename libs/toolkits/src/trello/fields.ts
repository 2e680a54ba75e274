import { z } from 'zod';

export const text = (what: string) => z.string().optional().describe(what);
export const id = (what: string) => z.string().min(1).describe(`Id of the ${what}.`);
export const fields = (fallback?: string) => {
  const field = z.string().describe('Which fields to tell, joined by commas, or all.');
  return fallback ? field.default(fallback) : field.optional();
};
export const Thing = z.looseObject({ id: z.string(), name: z.string().optional() });

/** Arguments of Trello's that say of what lies around a thing how much is told, each described as it is named. */
export function around(...names: string[]): Record<string, z.ZodOptional<z.ZodString>> {
  return Object.fromEntries(names.map((name) => [name, text(meaningOf(name))]));
}

function meaningOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  if (name.endsWith('_fields'))
    return `Which fields to tell of each ${words.slice(0, -7).replaceAll('_', ' ')}, joined by commas.`;
  if (name.endsWith('_limit')) return `How many ${words.slice(0, -6)} at most.`;
  if (name.endsWith('_since')) return `Only ${words.slice(0, -6)} after this time.`;
  if (name.endsWith('_format')) return `How ${words.slice(0, -7)} are told: list, count or minimal.`;
  return `Whether ${words.replaceAll('_', ' ')} are told.`;
}

export const flags = {
  closed: text('true puts it away, false brings it back.'),
  subscribed: text('true follows it.'),
};
export const position = text('Where it goes: top, bottom, or a number.');
