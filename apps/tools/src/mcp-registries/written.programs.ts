import { Injectable } from '@nestjs/common';
import { AppError, describeIssues, type ToolkitSource } from '@patchbay/contracts';
import { ListedPrograms } from './listed.programs.js';
import { packageForm } from './package.form.js';
import { chosenProgram, type ChosenProgram } from './program.choice.js';
import { PackageRecord } from './server-record.js';
import { cannot } from './way.choice.js';

/** Programs that somebody wrote down as the entry of a registry would have them. */
@Injectable()
export class WrittenPrograms {
  constructor(private readonly programs: ListedPrograms) {}

  /**
   * @throws AppError `invalid_request` with the reason when it is none, or cannot be run here, or naming each wrong value
   */
  async choose({
    package: given,
    values = {},
  }: Extract<ToolkitSource, { type: 'stdio' }>): Promise<ChosenProgram> {
    const read = PackageRecord.safeParse(given);
    if (!read.success) {
      const issues = describeIssues(read.error, 'package').map((issue) => `source.package.${issue}`);
      throw new AppError(
        'invalid_request',
        `The program is not as server.json has it: ${issues.join('; ')}`,
        { issues },
      );
    }
    const form = packageForm(read.data, await this.programs.list());
    if (form.refusal) throw cannot(form.identifier, form.refusal, 'source.package');
    return chosenProgram(form, values);
  }
}
