// The conformance suite asks for Node 22 for one function that no server scenario calls: `globSync` of `fs`.
// Node 20 refuses to load a module that imports what is not there, so that it is put there.
import { register } from 'node:module';

const FS = 'export * from "node:fs"; export { default } from "node:fs"; export const globSync = undefined;';
const HOOK = `
  export function resolve(specifier, context, next) {
    const wanted = specifier === 'fs' && context.parentURL?.includes('conformance');
    const url = ${JSON.stringify(`data:text/javascript,${encodeURIComponent(FS)}`)};
    return wanted ? { url, shortCircuit: true } : next(specifier, context);
  }`;

register(`data:text/javascript,${encodeURIComponent(HOOK)}`);
