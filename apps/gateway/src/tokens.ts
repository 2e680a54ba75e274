/** Injection tokens for what is not a class of ours. */
export const CONFIG = Symbol('CONFIG');
