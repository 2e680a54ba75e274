/**
 * The path of the Node to run: this process's own when it is new enough, else the one that npm installed with us.
 * @throws Refusal when there is none for this platform, or the one there is does not run here
 */
export function nodeBinary(): string;

/** The folder where V8 keeps what it compiled, for `NODE_COMPILE_CACHE`. */
export const compileCache: string;
/** Flags by which stack traces have the lines of our sources. */
export const sourceMaps: string[];
