/** Characters of a failure's message, at most: it goes into the record and to the model. */
export const MAX_FAILURE_CHARACTERS = 4_000;
