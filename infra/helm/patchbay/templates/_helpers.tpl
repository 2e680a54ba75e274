{{/* Names are bare, `gateway` and `nats`: one installation has a namespace. Each takes (dict "root" $ "name" … "component" …). */}}
{{- define "patchbay.labels" -}}
{{ include "patchbay.selector" . }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/part-of: patchbay
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end }}

{{/* What stands in selectors, which cannot be changed later. */}}
{{- define "patchbay.selector" -}}
app.kubernetes.io/name: {{ .name }}
{{- end }}

{{- define "patchbay.image" -}}
{{- with .Values.image -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ with .digest }}@{{ . }}{{ end }}
{{- end -}}
{{- end }}

{{/* What the restricted Pod Security Standard asks for. The root user's own files stay root's: nothing of the image can be changed. */}}
{{- define "patchbay.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "patchbay.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* Limits of the node's disk, which the operator need not think of, with the processor and memory that he chose. */}}
{{- define "patchbay.resources" -}}
{{- $disk := dict "requests" (dict "ephemeral-storage" "64Mi") "limits" (dict "ephemeral-storage" "2Gi") -}}
{{- toYaml (mergeOverwrite $disk (deepCopy .)) -}}
{{- end }}

{{/* Where pods may go. Takes (dict "root" $ "name" …). */}}
{{- define "patchbay.placement" -}}
{{- $pods := .root.Values.pods -}}
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with $pods.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $pods.nodeSelector }}
nodeSelector: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with $pods.tolerations }}
tolerations: {{ toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
  {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: {{ $pods.spread }}
    labelSelector: { matchLabels: { {{ include "patchbay.selector" $ }} } }
    {{- if not $.stateful }}
    # A rolling update is spread by itself, not between the pods that it replaces.
    matchLabelKeys: [pod-template-hash]
    {{- end }}
  {{- end }}
{{- end }}

{{/* One variable out of a secret. Takes (dict "name" … "secret" … "key" … "optional" …). */}}
{{- define "patchbay.secretVariable" -}}
- name: {{ .name }}
  valueFrom: { secretKeyRef: { name: {{ .secret }}, key: {{ .key }}{{ if .optional }}, optional: true{{ end }} } }
{{- end }}

{{/* Certificates that are mounted: of Postgres for who has tables, of NATS for who speaks on it. */}}
{{- define "patchbay.caVolumes" -}}
{{- with .Values.postgres.caSecret }}{{ if .name }}
- name: postgres-ca
  secret: { secretName: {{ .name }}, items: [{ key: {{ .key }}, path: ca.crt }] }
{{- end }}{{ end }}
{{- end }}

{{- define "patchbay.caMounts" -}}
{{- if .Values.postgres.caSecret.name }}
- { name: postgres-ca, mountPath: /etc/patchbay/postgres, readOnly: true }
{{- end }}
{{- end }}
