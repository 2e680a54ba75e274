import { marked, type Token, type Tokens } from 'marked';

/** https://developer.atlassian.com/cloud/jira/platform/apis/document/structure */
export interface AdfNode {
  type: string;
  text?: string;
  attrs?: Record<string, unknown>;
  marks?: AdfMark[];
  content?: AdfNode[];
}
interface AdfMark {
  type: string;
  attrs?: Record<string, unknown>;
}
export interface AdfDocument extends AdfNode {
  type: 'doc';
  version: 1;
}

/** Writes Markdown as Jira's own documents; plain text is Markdown too. */
export function toAdf(markdown: string): AdfDocument {
  const content = blocks(marked.lexer(markdown));
  return { type: 'doc', version: 1, content: content.length > 0 ? content : [{ type: 'paragraph' }] };
}

function blocks(tokens: Token[]): AdfNode[] {
  return tokens.flatMap((token) => block(token as Tokens.Generic));
}

function block(token: Tokens.Generic): AdfNode[] {
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'heading':
      return [{ type: 'heading', attrs: { level: token['depth'] as number }, content: inlineOf(token) }];
    case 'code': {
      const { lang, text } = token as Tokens.Code;
      return [{ type: 'codeBlock', ...(lang && { attrs: { language: lang } }), content: textNode(text) }];
    }
    case 'blockquote':
      return [{ type: 'blockquote', content: blocks(token.tokens ?? []) }];
    case 'hr':
      return [{ type: 'rule' }];
    case 'list': {
      const { ordered, start, items } = token as Tokens.List;
      return [
        {
          type: ordered ? 'orderedList' : 'bulletList',
          ...(ordered && { attrs: { order: Number(start) || 1 } }),
          content: items.map((item) => ({ type: 'listItem', content: blocks(item.tokens) })),
        },
      ];
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      const row = (cells: Tokens.TableCell[], type: string): AdfNode => ({
        type: 'tableRow',
        content: cells.map((cell) => ({
          type,
          content: [{ type: 'paragraph', content: inline(cell.tokens) }],
        })),
      });
      return [
        {
          type: 'table',
          content: [row(header, 'tableHeader'), ...rows.map((cells) => row(cells, 'tableCell'))],
        },
      ];
    }
    case 'paragraph':
    case 'text':
      return [{ type: 'paragraph', content: inlineOf(token) }];
    default:
      // Markup of HTML has no place in Jira's documents: it is shown as it is written.
      return [{ type: 'paragraph', content: textNode(token.raw.trim()) }];
  }
}

const inlineOf = ({ tokens, text }: Tokens.Generic): AdfNode[] =>
  tokens ? inline(tokens) : textNode(String((text as string | undefined) ?? ''));

const MARKS: Record<string, string> = { strong: 'strong', em: 'em', del: 'strike' };

function inline(tokens: Token[], marks: AdfMark[] = []): AdfNode[] {
  return tokens.flatMap((given) => {
    const token = given as Tokens.Generic;
    const mark = MARKS[token.type];
    if (mark) return inline(token.tokens ?? [], [...marks, { type: mark }]);
    if (token.type === 'link') {
      const link = { type: 'link', attrs: { href: token['href'] as string } };
      return inline(token.tokens ?? [], [...marks, link]);
    }
    if (token.type === 'br') return [{ type: 'hardBreak' }];
    // Code takes no other mark but a link.
    if (token.type === 'codespan') {
      const links = marks.filter(({ type }) => type === 'link');
      return textNode(plain(token), [...links, { type: 'code' }]);
    }
    return token.tokens ? inline(token.tokens, marks) : textNode(plain(token), marks);
  });
}

/** marked leaves hand-written escapes to the HTML renderer. */
const plain = (token: Tokens.Generic): string => String((token['text'] as string | undefined) ?? token.raw);

/** Jira refuses empty texts. */
function textNode(text: string, marks: AdfMark[] = []): AdfNode[] {
  return text === '' ? [] : [{ type: 'text', text, ...(marks.length > 0 && { marks }) }];
}
