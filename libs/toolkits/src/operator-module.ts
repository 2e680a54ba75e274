import { pathToFileURL } from 'node:url';
import type { ToolkitSpec } from './toolkit.js';

/** The toolkits of the operator's own (`PATCHBAY_TOOLKITS_MODULE`). */
export async function readOperatorModule(file: string | undefined): Promise<ToolkitSpec[]> {
  if (!file) return [];
  const { toolkits } = (await import(pathToFileURL(file).href)) as { toolkits?: unknown };
  if (!Array.isArray(toolkits)) {
    throw new Error(`PATCHBAY_TOOLKITS_MODULE: ${file} does not export an array named toolkits`);
  }
  return toolkits as ToolkitSpec[];
}
