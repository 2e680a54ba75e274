/** Injection tokens for what is not a class of ours. */
export const CONFIG = Symbol('CONFIG');
export const FILE_STORAGE = Symbol('FILE_STORAGE');
