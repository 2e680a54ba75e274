/** The operators' page with the table of the chart's values as the schema and values.yaml have it. */
export function withValuesTable(page: string): string;
/** The manifests of infra/k8s as the chart makes them, by the program `helm`. */
export function manifests(helm?: string): string;
