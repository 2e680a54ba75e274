// Stack traces in the lines of our sources. Not those of our dependencies, as --enable-source-maps would have it: reading
// their maps is a tenth of a service's start.
import { setSourceMapsSupport } from 'node:module';

setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
