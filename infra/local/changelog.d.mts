export interface Release {
  version: string;
  /** `2026-12-24` */
  day: string;
  changesets: { summary: string; releases: { type: string }[] }[];
}
export declare function changelogWith(text: string, release: Release): string;
