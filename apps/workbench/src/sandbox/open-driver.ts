import type { WorkbenchConfig } from '../config.js';
import { BubblewrapDriver } from './bubblewrap/bubblewrap.driver.js';
import { DisabledDriver } from './disabled.driver.js';
import type { SandboxDriver } from './sandbox.js';

/** The driver that the settings choose. */
export async function openDriver(config: WorkbenchConfig): Promise<SandboxDriver> {
  switch (config.PATCHBAY_WORKBENCH_DRIVER) {
    case 'none':
      return new DisabledDriver();
    case 'kubernetes': {
      // Loaded only where it is used: its client is large.
      const { KubernetesDriver } = await import('./kubernetes/kubernetes.driver.js');
      return KubernetesDriver.fromConfig(config);
    }
    case 'bubblewrap':
      return new BubblewrapDriver({
        python: config.PATCHBAY_WORKBENCH_PYTHON,
        cgroupRoot: config.PATCHBAY_WORKBENCH_CGROUP,
        path: config.PATH,
      });
  }
}
