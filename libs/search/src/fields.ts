/** What of a tool can be searched, by field. */
export interface SearchText {
  name: string;
  description: string;
  /** Its arguments' names. */
  inputs: string;
  /** What is said of its arguments. */
  details: string;
}

/** How much a word counts that stands in a field. */
export const FIELDS: Record<keyof SearchText, number> = {
  name: 2,
  description: 1,
  inputs: 0.5,
  details: 0.25,
};
/** Of strangers' tools: their names say less, and what is said of their arguments more. Chosen on the tuned half of such a set. */
export const FIELDS_OF_OWN: Record<keyof SearchText, number> = {
  name: 1.3,
  description: 1,
  inputs: 0.7,
  details: 0.5,
};
export const FIELD_NAMES = Object.keys(FIELDS) as (keyof SearchText)[];
