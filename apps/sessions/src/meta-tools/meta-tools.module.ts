import { Module } from '@nestjs/common';
import { metaCallFinished, metaCallStarted, RECORD_SIZES, redactLinkTokens } from '@patchbay/contracts';
import { CallRecorder } from '@patchbay/service';
import { FeedbackModule } from '../feedback/index.js';
import { MemoriesModule } from '../memories/index.js';
import { RemovalConfirmationsModule } from '../removal-confirmations/index.js';
import { SessionsModule } from '../sessions/index.js';
import { ToolkitsModule } from '../toolkits/index.js';
import { AccountRemovals } from './account-removals.js';
import { ConnectionStatuses } from './connection-statuses.js';
import { GetToolSchemas } from './get-tool-schemas.js';
import { ManageConnections } from './manage-connections.js';
import { MetaToolsController } from './meta-tools.controller.js';
import { MetaToolsService } from './meta-tools.service.js';
import { MultiExecute } from './multi-execute.js';
import { RemoteBash } from './remote-bash.js';
import { RemoteWorkbench } from './remote-workbench.js';
import { SearchTools } from './search-tools.js';
import { SessionToolsService } from './session-tools.service.js';
import { SubmitFeedback } from './submit-feedback.js';
import { WaitForConnections } from './wait-for-connections.js';

@Module({
  imports: [FeedbackModule, MemoriesModule, RemovalConfirmationsModule, SessionsModule, ToolkitsModule],
  controllers: [MetaToolsController],
  providers: [
    CallRecorder.provide({
      started: metaCallStarted,
      finished: metaCallFinished,
      redact: redactLinkTokens,
      sizes: RECORD_SIZES,
    }),
    AccountRemovals,
    ConnectionStatuses,
    GetToolSchemas,
    ManageConnections,
    MetaToolsService,
    MultiExecute,
    RemoteBash,
    RemoteWorkbench,
    SearchTools,
    SessionToolsService,
    SubmitFeedback,
    WaitForConnections,
  ],
})
export class MetaToolsModule {}
