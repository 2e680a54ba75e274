import { parser } from '@prometheus-io/lezer-promql';

/** The metrics that an expression reads. Grafana's own variables stand for a time. @throws when it is no PromQL */
export function metricsIn(expression: string): string[] {
  const text = expression.replaceAll('$__rate_interval', '5m');
  const names: string[] = [];
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) throw new Error(`No PromQL at ${from}: ${text}`);
      if (type.name === 'Identifier' && text.slice(from, to) !== 'up') names.push(text.slice(from, to));
    },
  });
  return names;
}

/** The names that a service's metrics really have, those of a histogram's parts included. */
export function metricsOf(exposition: string): string[] {
  return [...exposition.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
  );
}
