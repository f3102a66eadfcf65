#!/bin/sh
# Run by the image of the database once, when it is empty: the roles, their passwords, and the right to follow.
set -eu
psql --set=ON_ERROR_STOP=1 --username=postgres --dbname=assistant --file=/roles.sql
psql --set=ON_ERROR_STOP=1 --username=postgres --dbname=assistant <<'SQL'
\getenv replication REPLICATION_PASSWORD
\getenv build BUILD_PASSWORD
\getenv read READ_PASSWORD
CREATE ROLE follower LOGIN REPLICATION PASSWORD :'replication';
ALTER ROLE assistant_build PASSWORD :'build';
ALTER ROLE assistant_read PASSWORD :'read';
SQL
echo "host replication follower all scram-sha-256" >>"$PGDATA/pg_hba.conf"
