import type { ElicitRequestFormParams } from '@modelcontextprotocol/server';
import { AppError, hasParts, writeJson, type PermissionQuestion } from '@patchbay/contracts';
import { oneLine } from '../../display-text/index.js';

/** The most that a user can be expected to read; a longer or deeper call is refused. */
const MOST_CHARACTERS = 16_000;
const MOST_LEVELS = 32;

/** Characters that are invisible, or that change how the text around them is shown. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{DI}\p{Zl}\p{Zp}\u2800]|(?! )\p{Zs}/gu;
/** Runs of one character, or of its escape, that would push the rest out of sight; the indentation of a line is ours. */
const PADDING = /(?<!^ *)(\\u[0-9a-f]{4}|\\.|.)\1{15,}/gmu;

interface Call {
  toolSlug: string;
  arguments: Record<string, unknown>;
}

/**
 * A form without fields: to send it off is to allow. It shows the whole call, so that nothing is allowed that was not
 * shown, and in it no text can look like a part of the form: a line of the arguments is one value, in quotes.
 * @throws AppError `permission_required` for a call that cannot be shown whole
 */
export function toForm(questions: readonly PermissionQuestion[], call: Call): ElicitRequestFormParams {
  return {
    message: `Allow this?\n${questions.map(toLine).join('\n')}\nIt is called with:\n${shown(call)}`,
    requestedSchema: { type: 'object', properties: {} },
  };
}

function toLine({ toolkitName, toolName, toolSlug, account, once }: PermissionQuestion): string {
  return [
    `${oneLine(toolkitName, 60)}: ${oneLine(toolName, 100)} (${toolSlug})`,
    account && ` with the account ${oneLine(account, 200)}`,
    once && ', and from now on in this session, whatever it is called with',
  ]
    .filter(Boolean)
    .join('');
}

function shown({ toolSlug, arguments: given }: Call): string {
  // Checked before indentation, which multiplies the size of deep values.
  if (isDeeper(given, MOST_LEVELS) || writeJson(given).length > 4 * MOST_CHARACTERS) throw tooMuch(toolSlug);
  const text = writeJson(given, 2)
    .replaceAll(
      PADDING,
      (run, unit: string) => `${unit.repeat(3)}⟨the same ${run.length / unit.length} times⟩`,
    )
    .replaceAll(INVISIBLE, (character) => (character === '\n' ? character : escaped(character)));
  if (text.length > MOST_CHARACTERS) throw tooMuch(toolSlug);
  return text;
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (!hasParts(value)) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function tooMuch(toolSlug: string): AppError {
  return new AppError(
    'permission_required',
    `${toolSlug} needs a person's permission, and is called with more than a person can be shown.`,
    {
      suggestion: `Make smaller calls: up to ${MOST_CHARACTERS} characters and ${MOST_LEVELS} levels are shown, and nothing is cut.`,
    },
  );
}
