import { z } from 'zod';

const Operation = z.enum(['read', 'write', 'delete']);

const SearchPart = z.object({
  part: z
    .enum(['words', 'covered', 'said', 'brevity', 'important', 'fits', 'similarity', 'ready'])
    .describe(
      '`words`: how well its words are those of the text. `covered`: how much of the text it has. `said`: how much of its name the text says. `brevity`: how short its name is. `important`: it is one of its toolkit’s most used, or of a toolkit that the project added. `fits`: it reads, writes or deletes as the text asks for. `similarity`: how near its meaning is. `ready`: it can be called at once, as an account is connected or none is needed.',
    ),
  gives: z.number().describe('How much of the score it gives, before `boost`.'),
});

const WordFound = z.object({
  word: z.string().describe('As it was said.'),
  found: z.string().describe('What the tool says for it, as a stem.'),
  how: z.enum(['same', 'synonym', 'translation', 'spelling']),
  sure: z.number().describe('0 to 1.'),
  fields: z
    .array(z.enum(['name', 'description', 'inputs', 'details']))
    .describe('Where. `inputs`: names of arguments; `details`: what is said of them.'),
});

/** Why a search found one tool. Its names are those of the wire as well: each is one word. */
export const ToolExplanation = z.object({
  slug: z.string(),
  score: z.number().describe('The sum of `parts`, times `boost`, times the factor `name`.'),
  parts: z.array(SearchPart),
  words: z.array(WordFound),
  similarity: z
    .number()
    .nullable()
    .describe('How near its meaning is to the text’s, as a cosine; null where meanings were not compared.'),
  operation: Operation.nullable().describe('What it does; null where nothing says it.'),
  alias: z.string().nullable().describe('The alias by which it was found, where it was not its name.'),
  boost: z.number().describe('What the project says that its score counts.'),
  factors: z.object({
    toolkit: z.number().describe('Less than 1 where the text names another toolkit; in `parts` already.'),
    name: z.number().describe('Less than 1 where others of its toolkit and name come before it.'),
  }),
  clause: z.string().nullable().describe('The part of the text for which it was found; null for the whole.'),
});
export type ToolExplanation = z.infer<typeof ToolExplanation>;

/** What a search went by, for people who wonder why it found what it did. */
export const SearchExplanation = z.object({
  words: z
    .array(z.string())
    .describe(
      'What was looked for, as stems: without words that say nothing, and with phrases as what they mean.',
    ),
  intent: Operation.nullable().describe('What the text asks for; null where it does not say it.'),
  toolkits: z.array(z.string()).describe('Toolkits that the text names.'),
  clauses: z.array(z.string()).describe('Its parts that were looked for by themselves, too.'),
  tools: z.array(ToolExplanation).describe('Those that were found, in the order of the answer.'),
});
export type SearchExplanation = z.infer<typeof SearchExplanation>;
