//go:build tools

// What infra/verify/kubernetes.mjs builds, so that go.mod and go.sum pin all of it: `go mod tidy` after a change.
package tools

import (
	_ "go.etcd.io/etcd/server/v3"
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
)
