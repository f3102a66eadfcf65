-- Run once by the administrator, in the database of the assistant:  psql --dbname=assistant --file=roles.sql
-- Two roles: one builds the index, one answers from it and may change nothing. Give them passwords afterwards with
-- \password assistant_build  and  \password assistant_read, so that none stands in a file or a log.

CREATE EXTENSION IF NOT EXISTS vector;

CREATE ROLE assistant_build LOGIN;
CREATE ROLE assistant_read LOGIN;

SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) AS statement
UNION ALL SELECT format('GRANT CONNECT ON DATABASE %I TO assistant_build, assistant_read', current_database())
-- Each version of the index has a schema of its own.
UNION ALL SELECT format('GRANT CREATE ON DATABASE %I TO assistant_build', current_database())
\gexec

ALTER DEFAULT PRIVILEGES FOR ROLE assistant_build GRANT USAGE ON SCHEMAS TO assistant_read;
ALTER DEFAULT PRIVILEGES FOR ROLE assistant_build GRANT SELECT ON TABLES TO assistant_read;
