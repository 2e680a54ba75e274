export declare const PATH: string;

/** TypeScript for the API document, formatted as the repository is. */
export declare function sourceOf(document: object): Promise<string>;
