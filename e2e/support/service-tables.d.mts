/** What each app's README is and what its code says that it should be, by its path from the root. */
export declare function readmes(): Promise<{ path: string; is: string; shouldBe: string }[]>;
