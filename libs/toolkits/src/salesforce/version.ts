/** Where the version of the REST API is that the tools are written for. */
export const DATA = '/services/data/v62.0';
