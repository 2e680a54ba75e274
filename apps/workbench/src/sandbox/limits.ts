import type { SandboxSize } from '@patchbay/contracts';
import type { WorkbenchConfig } from '../config.js';
import type { SandboxLimits } from './sandbox.js';

const GIGABYTE = 1024 ** 3;

/** docs/api/sessions.md#sandbox-sizes */
const SIZES: Record<SandboxSize, { cpus: number; memoryBytes: number }> = {
  standard: { cpus: 1, memoryBytes: GIGABYTE },
  medium: { cpus: 2, memoryBytes: 2 * GIGABYTE },
  large: { cpus: 4, memoryBytes: 4 * GIGABYTE },
  xlarge: { cpus: 8, memoryBytes: 8 * GIGABYTE },
};

export function limitsOf(size: SandboxSize, config: WorkbenchConfig): SandboxLimits {
  return {
    ...SIZES[size],
    diskBytes: config.PATCHBAY_WORKBENCH_DISK_MB * 1024 * 1024,
    processes: config.PATCHBAY_WORKBENCH_PROCESSES,
  };
}
