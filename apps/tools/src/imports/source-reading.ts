import type { ToolkitImport } from '@patchbay/contracts';
import type { ToolkitDefinition } from './toolkit-definition.js';

/** What a source says, and what of it could not be taken. */
export interface SourceReading extends Omit<ToolkitImport, 'toolkit'> {
  definition: ToolkitDefinition;
}
