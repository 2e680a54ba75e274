import { z } from 'zod';

const Labels = z.record(z.string(), z.string());
const Selector = z.object({
  matchLabels: Labels.default({}),
  matchExpressions: z
    .array(z.object({ key: z.string(), operator: z.literal('In'), values: z.array(z.string()) }))
    .default([]),
});
const Peers = z.array(z.object({ podSelector: Selector.optional() }).loose());
const Ports = z.array(z.object({ port: z.number() }).loose());
const Policy = z.object({
  spec: z.object({
    podSelector: Selector,
    policyTypes: z.array(z.enum(['Ingress', 'Egress'])),
    ingress: z.array(z.object({ from: Peers.optional(), ports: Ports.optional() })).default([]),
    egress: z.array(z.object({ to: Peers.optional(), ports: Ports.optional() })).default([]),
  }),
});

export interface Pod {
  name: string;
  labels: Record<string, string>;
}

/**
 * Which pods of a namespace its policies let speak with which, as `from -> to:port`. Peers outside of it, by address or
 * by namespace, are not looked at.
 */
export function connections(
  manifests: readonly unknown[],
  pods: readonly Pod[],
  ports: readonly number[],
): string[] {
  const policies = manifests.map((manifest) => Policy.parse(manifest).spec);
  const rulesOf = (pod: Pod, way: 'Ingress' | 'Egress') =>
    policies
      .filter(({ podSelector, policyTypes }) => policyTypes.includes(way) && selects(podSelector, pod))
      .flatMap(({ ingress, egress }) =>
        way === 'Ingress'
          ? ingress.map((rule) => ({ peers: rule.from, ports: rule.ports }))
          : egress.map((rule) => ({ peers: rule.to, ports: rule.ports })),
      );
  const lets = (pod: Pod, way: 'Ingress' | 'Egress', other: Pod, port: number) =>
    rulesOf(pod, way).some(
      (rule) =>
        (rule.peers?.some(({ podSelector }) => podSelector && selects(podSelector, other)) ?? true) &&
        (rule.ports?.some((one) => one.port === port) ?? true),
    );
  return pods.flatMap((from) =>
    pods.flatMap((to) =>
      ports
        .filter((port) => lets(from, 'Egress', to, port) && lets(to, 'Ingress', from, port))
        .map((port) => `${from.name} -> ${to.name}:${port}`),
    ),
  );
}

function selects({ matchLabels, matchExpressions }: z.infer<typeof Selector>, { labels }: Pod): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, values }) => values.includes(labels[key] ?? ''))
  );
}
