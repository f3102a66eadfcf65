-- Versions of the index, which of them is in service, and the files that travel with them.
-- The vectors and texts of a version lie in a schema of its own, version_<name>: dropping it takes nothing else along.

CREATE EXTENSION IF NOT EXISTS vector;

CREATE TABLE assistant.version (
    name text PRIMARY KEY,              -- begins the SHA-256 of the manifest
    manifest text NOT NULL,
    spaces jsonb NOT NULL,              -- how many vectors each kind has
    whole boolean NOT NULL DEFAULT false,
    written timestamptz NOT NULL DEFAULT now(),
    retired timestamptz                 -- since when another one is in service
);

CREATE TABLE assistant.pointer (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    version text NOT NULL REFERENCES assistant.version (name),
    moved timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE assistant.content (
    sha256 text NOT NULL,               -- of the whole file
    part integer NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (sha256, part)
);
ALTER TABLE assistant.content ALTER COLUMN bytes SET STORAGE EXTERNAL;
