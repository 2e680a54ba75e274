import type { CustomTools } from '@patchbay/contracts';
import { z } from 'zod';

/*
 * Custom tools on the wire (docs/api/tools.md#custom-tools), as they come with create, attach, search and execute. What
 * their values may be is checked by the domain's own schema.
 */

const schema = z.record(z.string(), z.unknown());
const tool = {
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  input_schema: schema,
  output_schema: schema.nullish(),
  preload: z.boolean().nullish(),
};
const Tool = z.object({ ...tool, extends_toolkit: z.string().nullish() });
const Toolkit = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  preload: z.boolean().nullish(),
  tools: z.array(z.object(tool)),
});

/** The fields of `experimental` that carry custom tools. */
export const customToolsFields = {
  custom_tools: z.array(Tool).nullish(),
  custom_toolkits: z.array(Toolkit).nullish(),
};

/** `experimental` of a request that may bring custom tools and nothing else. */
export const CustomToolsExperimental = z.strictObject(customToolsFields).nullish().transform(toCustomTools);

type Given = z.output<z.ZodObject<typeof customToolsFields>>;

/** Nothing when the request brought none. */
export function toCustomTools(given: Given | null | undefined): CustomTools | undefined {
  if (!given?.custom_tools?.length && !given?.custom_toolkits?.length) return undefined;
  return {
    tools: (given.custom_tools ?? []).map(({ extends_toolkit: extendsToolkit, ...rest }) => ({
      ...toTool(rest),
      ...(extendsToolkit && { extendsToolkit }),
    })),
    toolkits: (given.custom_toolkits ?? []).map(({ preload, tools, ...rest }) => ({
      ...rest,
      ...(typeof preload === 'boolean' && { preload }),
      tools: tools.map(toTool),
    })),
  };
}

function toTool({ input_schema, output_schema, preload, ...rest }: z.output<z.ZodObject<typeof tool>>) {
  return {
    ...rest,
    inputSchema: input_schema,
    ...(output_schema && { outputSchema: output_schema }),
    ...(typeof preload === 'boolean' && { preload }),
  };
}
