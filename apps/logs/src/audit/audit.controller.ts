import { Controller } from '@nestjs/common';
import { listAudit, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { AuditService } from './audit.service.js';

@Controller()
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Handle(listAudit)
  list(input: InputOf<typeof listAudit>): Promise<OutputOf<typeof listAudit>> {
    return this.audit.list(input);
  }
}
