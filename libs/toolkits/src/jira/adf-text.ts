import type { AdfNode } from './adf.js';

/** The text of a document, a line a block. */
export function adfText(node: unknown): string {
  if (typeof node === 'string') return node;
  const { type, text = '', attrs, content = [] } = (node ?? {}) as Partial<AdfNode>;
  if (type === 'hardBreak') return '\n';
  if (type === 'mention') return String((attrs?.['text'] as string | undefined) ?? '');
  const isInline = content.every((child) => ['text', 'hardBreak', 'mention', 'emoji'].includes(child.type));
  return text + content.map(adfText).join(isInline ? '' : '\n');
}
