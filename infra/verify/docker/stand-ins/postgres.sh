#!/bin/bash
# As the official image does: sets up the data once, with POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB; then serves.
set -euo pipefail
export PGDATA=/var/lib/postgresql/18/docker
if [ "$(id -u)" = 0 ]; then mkdir -p "$PGDATA" && chown -R postgres: /var/lib/postgresql && exec setpriv --reuid=postgres --regid=postgres --clear-groups "$0"; fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb -U "$POSTGRES_USER" --pwfile=<(echo "$POSTGRES_PASSWORD") --auth-local=trust --auth-host=scram-sha-256 -D "$PGDATA" >/dev/null
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  [ "$POSTGRES_DB" = postgres ] || echo "create database \"$POSTGRES_DB\";" | postgres --single -D "$PGDATA" postgres >/dev/null
fi
exec postgres -D "$PGDATA" -c listen_addresses='*' -c unix_socket_directories=/tmp
