#!/bin/sh
# On the machine that becomes the standby, as the user postgres. Copies the primary while it runs and follows it from then on.
#   make-standby.sh PRIMARY_HOST PRIMARY_PORT DATA_FOLDER
# The password of the role replicator is read from ~/.pgpass.
set -eu
host=$1 port=$2 folder=$3
[ ! -e "$folder/PG_VERSION" ] || { echo "$folder holds a database already" >&2; exit 1; }
pg_basebackup --host "$host" --port "$port" --username replicator --pgdata "$folder" \
  --wal-method stream --checkpoint fast --write-recovery-conf
# The name by which the primary waits for it.
conninfo=$(sed -n "s/^primary_conninfo = '\(.*\)'$/\1/p" "$folder/postgresql.auto.conf" | tail -n 1)
echo "primary_conninfo = '$conninfo application_name=keng_standby'" >> "$folder/postgresql.auto.conf"
echo "start it, then on the primary:"
echo "  alter system set synchronous_standby_names = 'FIRST 1 (keng_standby)'; select pg_reload_conf();"
echo "  select application_name, state, sync_state from pg_stat_replication;   -- streaming, sync"
