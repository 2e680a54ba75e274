{{/* The variables of a service: what the chart knows, then the settings for all, then its own. Takes (dict "root" $ "name" … "needs" … "service" …). */}}
{{- define "patchbay.environment" -}}
{{- $values := .root.Values -}}
{{- $secret := $values.secrets.name -}}
{{- $own := .service.settings | default dict -}}
{{- $settings := dict
  "NODE_ENV" "production"
  "PUBLIC_URL" $values.publicUrl
  "PATCHBAY_METRICS_PORT" "9464"
  "PATCHBAY_METRICS_HOST" "0.0.0.0"
  "PATCHBAY_STOP_SECONDS" $values.stopSeconds
-}}
{{- if eq .name "gateway" }}{{ $settings = merge $settings (dict "HOST" "0.0.0.0" "PORT" "3000") }}{{ end -}}
{{- if eq .name "workbench" }}
  {{- $settings = merge $settings (dict
    "PATCHBAY_GATEWAY_URL" "http://gateway:3000"
    "PATCHBAY_WORKBENCH_DRIVER" (ternary "kubernetes" "none" $values.sandboxes.enabled)) }}
  {{- with $values.sandboxes }}{{ if .enabled }}
    {{- $settings = merge $settings (dict "PATCHBAY_WORKBENCH_K8S_NAMESPACE" .namespace "PATCHBAY_WORKBENCH_K8S_IMAGE" .image) }}
    {{- if .runtimeClassName }}{{ $_ := set $settings "PATCHBAY_WORKBENCH_K8S_RUNTIME_CLASS" .runtimeClassName }}{{ end }}
  {{- end }}{{ end }}
{{- end -}}
{{- if .needs.files }}
  {{- $_ := set $settings "PATCHBAY_FILES_DIR" "/patchbay/files" }}
  {{- with $values.files.s3 }}{{ if .bucket }}
    {{- $settings = merge $settings (dict "PATCHBAY_FILES_S3_BUCKET" .bucket "PATCHBAY_FILES_S3_REGION" .region) }}
    {{- with .endpoint }}{{ $_ := set $settings "PATCHBAY_FILES_S3_ENDPOINT" . }}{{ end }}
    {{- with .publicEndpoint }}{{ $_ := set $settings "PATCHBAY_FILES_S3_PUBLIC_ENDPOINT" . }}{{ end }}
  {{- end }}{{ end }}
{{- end -}}
{{- if and .needs.overrides $values.toolkitOverridesSecret }}
  {{- $_ := set $settings "PATCHBAY_TOOLKIT_OVERRIDES" "/etc/patchbay/overrides/overrides.yaml" }}
{{- end -}}
{{- if $values.nats.tls }}
  {{- range $name, $file := dict "NATS_CA" "ca.crt" "NATS_CERT" "tls.crt" "NATS_KEY" "tls.key" }}
    {{- $_ := set $settings $name (printf "/etc/patchbay/nats/%s" $file) }}
  {{- end }}
{{- end -}}
{{- if and $values.nats.bundled (gt (int $values.nats.replicas) 1) }}
  {{- $_ := set $settings "PATCHBAY_NATS_REPLICAS" 3 }}
{{- end -}}
{{- include "patchbay.secretVariable" (dict "name" "NATS_URL" "secret" $secret "key" (printf "NATS_URL_%s" (upper .name))) }}
{{ if .needs.database }}
{{- $key := printf "DATABASE_%sURL_%s" (ternary "POOL_" "" $values.postgres.pooler.enabled) (upper .name) }}
{{- include "patchbay.secretVariable" (dict "name" "DATABASE_URL" "secret" $secret "key" $key) }}{{ end }}
{{- range .needs.secrets }}
{{ include "patchbay.secretVariable" (dict "name" . "secret" $secret "key" .) }}
{{- end }}
{{- range .needs.optionalSecrets }}
{{ include "patchbay.secretVariable" (dict "name" . "secret" $secret "key" . "optional" true) }}
{{- end }}
{{- if and .needs.files $values.files.s3.bucket }}
{{- range list "PATCHBAY_FILES_S3_ACCESS_KEY_ID" "PATCHBAY_FILES_S3_SECRET_ACCESS_KEY" }}
{{ include "patchbay.secretVariable" (dict "name" . "secret" $secret "key" . "optional" true) }}
{{- end }}
{{- end }}
{{- range $name, $value := mergeOverwrite $settings (deepCopy $values.settings) (deepCopy $own) }}
- { name: {{ $name }}, value: {{ $value | toString | quote }} }
{{- end }}
{{- end }}
