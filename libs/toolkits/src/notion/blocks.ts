import { z } from 'zod';

/** Notion takes no longer text in one piece. */
const MAX_TEXT = 2_000;
const TEXT_BLOCKS = [
  'paragraph',
  'heading_1',
  'heading_2',
  'heading_3',
  'bulleted_list_item',
  'numbered_list_item',
  'to_do',
  'toggle',
  'quote',
  'callout',
  'code',
] as const;

/** A block as agents write it; what it cannot say is written as Notion's own. */
export const ContentBlock = z.looseObject({
  content: z.string().optional().describe('Its text.'),
  block_property: z
    .enum([...TEXT_BLOCKS, 'divider'])
    .default('paragraph')
    .describe('Its kind.'),
  bold: z.boolean().optional().describe('Whether bold.'),
  italic: z.boolean().optional().describe('Whether italic.'),
  strikethrough: z.boolean().optional().describe('Whether struck through.'),
  underline: z.boolean().optional().describe('Whether underlined.'),
  code: z.boolean().optional().describe('Whether shown as code.'),
  color: z.string().optional().describe('Colour, such as red or blue_background.'),
  link: z.string().optional().describe('Address that the text leads to.'),
});
export type ContentBlock = z.output<typeof ContentBlock>;

/** Notion's own blocks pass as they are. */
export function toBlock(given: ContentBlock): Record<string, unknown> {
  if (typeof given['type'] === 'string') {
    const { block_property: _, ...block } = given;
    return block;
  }
  const { block_property: type, content = '', link, ...style } = given;
  if (type === 'divider') return { object: 'block', type, divider: {} };
  const { bold, italic, strikethrough, underline, code, color } = style;
  const annotations = { bold, italic, strikethrough, underline, code, color };
  const isPlain = Object.values(annotations).every((value) => value === undefined);
  return {
    object: 'block',
    type,
    [type]: {
      rich_text: richText(content, { link, ...(!isPlain && { annotations }) }),
      ...(type === 'code' && { language: 'plain text' }),
      ...(type === 'to_do' && { checked: false }),
    },
  };
}

interface Style {
  link?: string | undefined;
  annotations?: Record<string, unknown>;
}
export function richText(text: string, { link, annotations }: Style = {}): object[] {
  const pieces = text.match(new RegExp(`[^]{1,${MAX_TEXT}}`, 'gu')) ?? [];
  return pieces.map((content) => ({
    type: 'text',
    text: { content, ...(link && { link: { url: link } }) },
    ...(annotations && { annotations }),
  }));
}

export function plainText(parts: unknown): string {
  const list = z.array(z.looseObject({ plain_text: z.string().optional() })).safeParse(parts);
  return list.success ? list.data.map(({ plain_text = '' }) => plain_text).join('') : '';
}

/** A page's picture: an emoji, or an address. */
export const iconOf = (icon: string | undefined): object | undefined =>
  icon === undefined
    ? undefined
    : icon.startsWith('http')
      ? { type: 'external', external: { url: icon } }
      : { type: 'emoji', emoji: icon };
export const coverOf = (cover: string | undefined): object | undefined =>
  cover === undefined ? undefined : { type: 'external', external: { url: cover } };
