#!/bin/sh
# Begin as a copy of the primary, then follow it; the image's own entry point starts the server.
set -eu
PGDATA=${PGDATA:-/var/lib/postgresql/data}
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    mkdir -p "$PGDATA" && chown postgres "$PGDATA" && chmod 700 "$PGDATA"
    gosu postgres pg_basebackup --host=primary --username=follower --pgdata="$PGDATA" --write-recovery-conf \
        --wal-method=stream --checkpoint=fast
fi
exec docker-entrypoint.sh "$@"
