import { AppError, type ToolkitSource } from '@patchbay/contracts';
import { refusalOf } from './entry.js';
import type { ProgramList } from './listed.programs.js';
import { packageForm, type PackageForm } from './package.form.js';
import { remoteForm, type RemoteForm } from './remote.form.js';
import type { ServerRecord } from './server-record.js';

type Asked = Pick<Extract<ToolkitSource, { type: 'mcp_registry' }>, 'remote' | 'package'>;

/**
 * The address or the package that is asked for, else the first that can be used, addresses first.
 * @throws AppError `invalid_request` with the reason why there is none
 */
export function chosenWay(
  record: ServerRecord,
  { remote, package: at }: Asked,
  programs: ProgramList,
): RemoteForm | PackageForm {
  const { name, remotes, packages } = record.server;
  if (remote !== undefined && at !== undefined) {
    throw new AppError('invalid_request', 'A toolkit is made of an address or of a package.', {
      issues: ['source.package: cannot be given with remote'],
    });
  }
  const forms = [
    ...(at === undefined ? remotes.map(remoteForm) : []),
    ...(remote === undefined ? packages.map((one) => packageForm(one, programs)) : []),
  ];
  const asked = remote ?? at;
  if (asked !== undefined) {
    const way = forms[asked];
    if (!way) throw cannot(name, 'it has no such way');
    if (way.refusal) throw cannot(name, way.refusal);
    return way;
  }
  const way = forms.find(({ refusal }) => refusal === null);
  if (!way) throw cannot(name, refusalOf(record, programs) ?? 'it has no way that can be used');
  return way;
}

export function cannot(server: string, why: string, place = 'source.server'): AppError {
  return new AppError('invalid_request', `${server} cannot be added: ${why}.`, {
    issues: [`${place}: ${why}`],
  });
}
