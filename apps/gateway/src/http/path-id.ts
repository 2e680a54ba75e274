import { Param } from '@nestjs/common';
import { idSchema, type IdKind } from '@patchbay/contracts';
import { Wire } from './wire.js';

/** An id in the path of a route. What cannot be one of its kind is refused before anybody is asked for it. */
export function PathId(name: string, kind: IdKind): ParameterDecorator {
  return Param(name, new Wire(idSchema(kind)));
}
