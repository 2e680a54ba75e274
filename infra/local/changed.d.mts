export declare function mergeBase(root: string, wanted?: string): { name: string; commit: string };
export declare function changedFiles(root: string, commit: string): string[];
export declare function workspacesOf(root: string, files: readonly string[]): string[];
