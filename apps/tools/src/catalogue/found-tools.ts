import { writeJson, type FoundTool, type ToolDefinition } from '@patchbay/contracts';
import { LRUCache } from 'lru-cache';

/** Characters of schemas; a tool's has one or two thousand, and few tools are found again and again. */
const KEPT = 8_000_000;

/** Tools as searches answer them. Writing the schemas would cost half of what finding the tools does. */
export class FoundTools {
  private readonly made = new LRUCache<ToolDefinition, FoundTool>({
    maxSize: KEPT,
    sizeCalculation: ({ inputSchema, description }) => inputSchema.length + description.length + 200,
  });

  of(tool: ToolDefinition): FoundTool {
    const known = this.made.get(tool);
    if (known) return known;
    const made = toFoundTool(tool);
    this.made.set(tool, made);
    return made;
  }
}

function toFoundTool({ slug, toolkit, description, tags, inputSchema }: ToolDefinition): FoundTool {
  const { required } = inputSchema;
  return {
    slug,
    toolkit: toolkit.slug,
    description,
    tags,
    required: Array.isArray(required) ? required.map(String) : [],
    inputSchema: writeJson(inputSchema),
  };
}
