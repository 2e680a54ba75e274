{{/* What a server of the cluster is beside the users: it includes nats.conf and says where and with whom it runs. */}}
{{- define "patchbay.natsServer" -}}
{{- with .Values.nats -}}
include "nats.conf"

server_name: $POD_NAME
pid_file: /run/nats/nats.pid
http: 8222
lame_duck_grace_period: 5s
lame_duck_duration: 30s
# Who is cut off without a word is noticed as soon as services notice it.
ping_interval: "5s"
ping_max: 2
jetstream: { store_dir: /data, sync_interval: {{ .syncInterval | quote }} }
{{- if .tls }}
tls: {
  cert_file: /etc/nats-tls/tls.crt
  key_file: /etc/nats-tls/tls.key
  ca_file: /etc/nats-tls/ca.crt
  # Services show a certificate too.
  verify: true
}
{{- end }}
{{- if gt (int .replicas) 1 }}
cluster: {
  name: patchbay
  listen: "0.0.0.0:6222"
  # Services are given all servers by name; addresses would not fit the certificates.
  no_advertise: true
  routes: [
    {{- range $index := until (int .replicas) }}
    "nats://nats-{{ $index }}.nats:6222"
    {{- end }}
  ]
  {{- if .tls }}
  tls: {
    cert_file: /etc/nats-tls/tls.crt
    key_file: /etc/nats-tls/tls.key
    ca_file: /etc/nats-tls/ca.crt
    verify: true
  }
  {{- end }}
}
{{- end }}
{{- end }}
{{- end }}
