import { CustomTool, CustomToolkit, type CustomTools } from '@patchbay/contracts';
import { z } from 'zod';
import { shownAs } from '../http/index.js';

/*
 * Custom tools on the wire (docs/api/tools.md#custom-tools), as they come with create, attach, search and execute. What
 * their values may be is checked by the domain's own schema.
 */

/** The schema of named arguments, as the document shows it. */
const ARGUMENTS = {
  type: 'object',
  properties: { type: { const: 'object' }, properties: { type: 'object' } },
  required: ['type', 'properties'],
};
const tool = {
  slug: CustomTool.shape.slug,
  name: CustomTool.shape.name,
  description: CustomTool.shape.description,
  input_schema: shownAs(CustomTool.shape.inputSchema, ARGUMENTS),
  output_schema: CustomTool.shape.outputSchema.nullable(),
  preload: z.boolean().nullish(),
};
const Tool = z.object({ ...tool, extends_toolkit: CustomTool.shape.extendsToolkit.nullable() });
const Toolkit = z.object({
  slug: CustomToolkit.shape.slug,
  name: CustomToolkit.shape.name,
  description: CustomToolkit.shape.description,
  preload: z.boolean().nullish(),
  tools: z.array(z.object(tool)).min(1).max(200),
});

/** The fields of `experimental` that carry custom tools. */
export const customToolsFields = {
  custom_tools: z.array(Tool).max(200).nullish(),
  custom_toolkits: z.array(Toolkit).max(50).nullish(),
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
