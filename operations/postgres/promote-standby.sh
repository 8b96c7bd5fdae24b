#!/bin/sh
# On the standby, as the user postgres, when the primary is dead AND cannot come back by itself.
#   promote-standby.sh DATA_FOLDER
set -eu
folder=$1
[ -e "$folder/standby.signal" ] || { echo "$folder is no standby" >&2; exit 1; }
# A copy of the primary's setting would make the new primary wait for itself.
echo "synchronous_standby_names = ''" >> "$folder/postgresql.auto.conf"
pg_ctl promote --pgdata "$folder" --wait --timeout 60
pg_ctl reload --pgdata "$folder"
echo "this is the primary now; it is the only copy until a new standby is made"
