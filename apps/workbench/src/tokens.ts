export const CONFIG = Symbol('config');
export const DRIVER = Symbol('sandbox driver');
export const STORAGE = Symbol('file storage');
