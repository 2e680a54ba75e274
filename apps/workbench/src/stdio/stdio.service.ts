import { Inject, Injectable } from '@nestjs/common';
import {
  AppError,
  type closeStdio,
  type exchangeStdio,
  type InputOf,
  type listStdioPackages,
  type openStdio,
  type OutputOf,
} from '@patchbay/contracts';
import type { WorkbenchConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';

const SWITCHED_OFF =
  'MCP servers that are programs are not run here: the operator lists none in PATCHBAY_STDIO_ALLOWED.';

/** MCP servers that are programs, of all replicas. */
@Injectable()
export class StdioService {
  constructor(@Inject(CONFIG) private readonly config: WorkbenchConfig) {}

  async listPackages(): Promise<OutputOf<typeof listStdioPackages>> {
    return { packages: [], refusal: this.refusal() };
  }

  async open(_input: InputOf<typeof openStdio>): Promise<OutputOf<typeof openStdio>> {
    throw this.unavailable();
  }

  async exchange(_input: InputOf<typeof exchangeStdio>): Promise<OutputOf<typeof exchangeStdio>> {
    throw new AppError('sandbox_lost', 'The process of the server is gone.', { retryable: true });
  }

  async close(_input: InputOf<typeof closeStdio>): Promise<OutputOf<typeof closeStdio>> {
    return {};
  }

  private refusal(): string {
    return this.config.PATCHBAY_STDIO_ALLOWED.length === 0
      ? SWITCHED_OFF
      : 'MCP servers that are programs are not run by this version yet.';
  }

  private unavailable(): AppError {
    return new AppError('unavailable', this.refusal(), {
      suggestion: 'Add a server that has an address, or let the operator see docs/stdio-servers.md.',
      retryable: false,
    });
  }
}
