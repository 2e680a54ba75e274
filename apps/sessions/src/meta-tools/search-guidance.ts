import type { FoundTool } from '@patchbay/contracts';
import type { ConnectionStatusLine } from './connection-statuses.js';

/** What can be said of a tool from its definition alone. */
export type GuidedTool = Pick<FoundTool, 'slug' | 'toolkit' | 'required' | 'tags'>;

/** Fields of a search's result; absent where there is nothing to say. */
export interface Plan {
  difficulty?: 'easy' | 'medium';
  execution_guidance?: string;
  recommended_plan_steps?: string[];
  known_pitfalls?: string[];
}

/** How a model gets from what was found to what was asked for. */
export function planFor(
  tools: readonly GuidedTool[],
  statuses: readonly ConnectionStatusLine[],
  knownFields: string | undefined,
): Plan {
  const [first] = tools;
  if (!first) return {};
  const unconnected = [...new Set(tools.map(({ toolkit }) => toolkit))].filter((slug) =>
    statuses.some(({ toolkit, has_active_connection }) => toolkit === slug && !has_active_connection),
  );
  const missing = first.required.filter((field) => !isKnown(field, knownFields));
  const pitfalls = tools.filter(({ tags }) => tags.includes('destructiveHint')).map(({ slug }) => slug);
  return {
    difficulty: tools.length > 1 || unconnected.length > 0 ? 'medium' : 'easy',
    execution_guidance: [
      `${first.slug} is the closest tool.`,
      ...(missing.length > 0 ? [`It needs ${missing.join(', ')}.`] : []),
    ].join(' '),
    recommended_plan_steps: [
      ...unconnected.map((toolkit) => `Connect ${toolkit}: let the user follow a link.`),
      ...(missing.length > 0
        ? [`Find out ${missing.join(', ')}, from the user or with a tool that reads.`]
        : []),
      `Run ${first.slug} and check its answer.`,
    ],
    ...(pitfalls.length > 0 && {
      known_pitfalls: [`${pitfalls.join(', ')} can overwrite or delete: be sure that the user wants it.`],
    }),
  };
}

/** `known_fields` is free text of `key:value` pairs. */
function isKnown(field: string, knownFields: string | undefined): boolean {
  return (knownFields ?? '')
    .split(',')
    .some((pair) => pair.split(':', 1)[0]?.trim().toLowerCase() === field.toLowerCase());
}

/** What is to be done before the tools of these toolkits can be found. */
export function guidanceFor(awaiting: readonly string[]): string {
  return `The tools of ${awaiting.join(', ')} are known once an account is connected: connect it, then search again.`;
}

/** What to do next, for the whole search. */
export function nextSteps(statuses: readonly ConnectionStatusLine[], exposed: readonly string[]): string[] {
  const missing = statuses.filter((status) => !status.has_active_connection).map(({ toolkit }) => toolkit);
  const canConnect = exposed.includes('COMPOSIO_MANAGE_CONNECTIONS');
  return [
    ...(missing.length > 0
      ? [
          canConnect
            ? `Connect ${missing.join(', ')} with COMPOSIO_MANAGE_CONNECTIONS and show the user the link it answers.`
            : `Ask for ${missing.join(', ')} to be connected: this session makes no links by itself.`,
        ]
      : []),
    exposed.includes('COMPOSIO_MULTI_EXECUTE_TOOL')
      ? 'Run the tools with COMPOSIO_MULTI_EXECUTE_TOOL, with arguments that fit their input_schema.'
      : 'Run the tools with arguments that fit their input_schema.',
  ];
}
