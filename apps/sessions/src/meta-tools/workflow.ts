import { randomInt } from 'node:crypto';
import { z } from 'zod';

const WORDS =
  'ant bear bee bison crab crane crow deer dove duck eagle elk emu falcon finch fox frog gecko goat goose hare hawk heron ibis jay kite koala lark lion llama lynx mole moose moth mouse newt orca otter owl panda puma quail ram raven robin seal shark shrew skunk sloth snail squid stork swan swift tapir tiger toad trout viper vole wasp whale wolf wren yak zebra'.split(
    ' ',
  );

/** The id that ties the steps of one task together: a short word, which models copy without mistakes. */
export const workflowId = z
  .string()
  .max(64)
  .optional()
  .describe('The id of this workflow, as COMPOSIO_SEARCH_TOOLS answered it in session.id.');

export function newWorkflowId(): string {
  return WORDS[randomInt(WORDS.length)] ?? 'lion';
}

/** Answered so that a model goes on using the same id. */
export function workflowOf(id: string | undefined): { session?: { id: string; instructions: string } } {
  if (!id) return {};
  return { session: { id, instructions: `Pass session_id "${id}" with every further call of this task.` } };
}
