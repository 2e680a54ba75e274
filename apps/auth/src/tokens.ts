/** Injection tokens for what is not a class of ours. */
export const CONFIG = Symbol('CONFIG');
export const TOOLKITS = Symbol('TOOLKITS');
