import {
  AppError,
  CUSTOM_TOOL_PREFIX,
  type CustomTool,
  type CustomTools,
  type NamedCustomTool,
  type NamedCustomTools,
} from '@patchbay/contracts';

const MAX_SLUG_LENGTH = 60;

/**
 * Gives custom tools the slugs that agents call them by: `LOCAL_TOOL`, or `LOCAL_TOOLKIT_TOOL` in a toolkit or
 * extending one. Each tool keeps its own slug as `originalSlug`, exactly as it was sent: callers find it by that.
 * @throws AppError `invalid_request` naming what is too long or there twice
 */
export function nameCustomTools({ tools, toolkits }: CustomTools): NamedCustomTools {
  const named: NamedCustomTools = {
    tools: tools.map((tool) => nameTool(tool, tool.extendsToolkit)),
    toolkits: toolkits.map((toolkit) => ({
      ...toolkit,
      tools: toolkit.tools.map((tool) => nameTool(tool, toolkit.slug)),
    })),
  };
  const slugs = allTools(named).map(({ slug }) => slug);
  const issues = [
    ...slugs
      .filter((slug) => slug.length > MAX_SLUG_LENGTH)
      .map((slug) => `${slug} is longer than ${MAX_SLUG_LENGTH} characters`),
    ...repeated(slugs).map((slug) => `${slug} is there twice`),
    ...repeated(toolkits.map(({ slug }) => slug.toLowerCase())).map(
      (slug) => `the toolkit ${slug} is there twice`,
    ),
  ];
  if (issues.length > 0) throw invalidCustomTools(issues);
  return named;
}

/** Every custom tool, each as if it stood alone: the toolkit it belongs to is what it extends. */
export function allTools({ tools, toolkits }: NamedCustomTools): NamedCustomTool[] {
  return [
    ...tools,
    ...toolkits.flatMap((toolkit) =>
      toolkit.tools.map((tool) => ({ ...tool, extendsToolkit: toolkit.slug })),
    ),
  ];
}

export function invalidCustomTools(issues: string[]): AppError {
  const lines = issues.map((issue) => `customTools: ${issue}`);
  return new AppError('invalid_request', `Invalid custom tools: ${issues.join('; ')}`, { issues: lines });
}

function nameTool<T extends Omit<CustomTool, 'extendsToolkit'>>(tool: T, toolkit: string | undefined) {
  const parts = toolkit ? [toolkit, tool.slug] : [tool.slug];
  return { ...tool, originalSlug: tool.slug, slug: `${CUSTOM_TOOL_PREFIX}${parts.join('_').toUpperCase()}` };
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
