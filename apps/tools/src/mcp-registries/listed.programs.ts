import { Injectable } from '@nestjs/common';
import { AppError, listStdioPackages, type OutputOf } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';

/** What the operator lets run here. */
export type ProgramList = OutputOf<typeof listStdioPackages>;

/** A list of a registry asks about each of its entries. */
const REMEMBERED_MS = 2_000;

/** The programs that the workbench runs, as it says it. */
@Injectable()
export class ListedPrograms {
  private known: { at: number; list: Promise<ProgramList> } | undefined;

  constructor(private readonly bus: Bus) {}

  /** Never throws: a workbench that cannot be asked runs nothing. */
  list(): Promise<ProgramList> {
    const now = Date.now();
    if (!this.known || now - this.known.at > REMEMBERED_MS) this.known = { at: now, list: this.ask() };
    return this.known.list;
  }

  private async ask(): Promise<ProgramList> {
    try {
      return await this.bus.request(listStdioPackages, {});
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { packages: [], refusal: `the workbench could not be asked (${error.message})` };
    }
  }
}
