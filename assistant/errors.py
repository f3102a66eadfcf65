"""Every error that this package raises on purpose, as one tree.

AssistantError            what went wrong, and in its sentence how to mend it
├── CorpusError           a document cannot be read: file, line and mend
├── BuiltIndexError           the built index cannot be used or written
│   ├── IndexMissing      nothing has been built yet
│   ├── IndexDamaged      a file does not match its checksum
│   ├── IndexOutdated     built from another corpus, model or format
│   ├── IndexUnwritable   the folder cannot be written (read-only, disk full)
│   ├── IndexBehind       a replica of the database has not got the newest one yet
│   └── IndexBusy         another process is building
├── StoreAway             the database does not answer
├── ModelError            the embedding model cannot be loaded or does not fit
├── QuestionError         a question cannot be answered as sent: field, code
├── SettingsError         one or more settings are wrong: all faults at once
├── NotReadyError         no index could be loaded yet
├── FeedbackError         the file that feedback is kept in cannot be used
├── LanguageError         a file of words and sentences is at fault: file and key
├── CitationsError        a file of citations cannot be checked
└── EvaluationError       an evaluation cannot be made as asked
"""

from __future__ import annotations

from pathlib import Path


class AssistantError(Exception):
    """Base of all errors of this package; its text is one sentence a person can act on."""


class CorpusError(AssistantError):
    """A document of the corpus is malformed.

    Attributes: `path` the file, `line` its 1-based line (0 where no line applies), `mend` what to do.
    """

    def __init__(self, path: Path, line: int, problem: str, mend: str) -> None:
        self.path, self.line, self.problem, self.mend = path, line, problem, mend
        place = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{place}: {problem}. {mend}.")


class LanguageError(AssistantError):
    """A file of a language's words and sentences is at fault.

    Attributes: `path` the file, `key` what is wrong in it ("" for the whole file), `mend` what to do.
    """

    def __init__(self, path: Path, key: str, problem: str, mend: str) -> None:
        self.path, self.key, self.problem, self.mend = path, key, problem, mend
        place = f"{path}, {key}" if key else str(path)
        super().__init__(f"{place} {problem}. {mend}.")


class BuiltIndexError(AssistantError):
    """The built index cannot be used or written."""


class IndexMissing(BuiltIndexError):
    """There is no built index in the folder."""


class IndexDamaged(BuiltIndexError):
    """A file of the built index is absent or does not match its checksum."""


class IndexOutdated(BuiltIndexError):
    """The built index was made from another corpus, model or format version."""


class IndexUnwritable(BuiltIndexError):
    """The index folder cannot be written."""


class IndexBusy(BuiltIndexError):
    """Another process is building the index in the same folder."""


class IndexBehind(BuiltIndexError):
    """A replica of the database has not got the version that is in service yet."""


class StoreAway(AssistantError):
    """The database that holds the index does not answer, or not in time."""


class ModelError(AssistantError):
    """The embedding model is missing, unreadable or of another dimension than the index."""


class QuestionError(AssistantError):
    """A question that cannot be answered as sent.

    Attributes: `code` names the rule that was broken (a key of the sentences in `language/*/phrases.toml`), `field` the
    part of the question that broke it.
    """

    def __init__(self, code: str, field: str = "message") -> None:
        self.code, self.field = code, field
        super().__init__(code)


class SettingsError(AssistantError):
    """Settings are wrong. Attributes: `faults`, one sentence each, all of them."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


class NotReadyError(AssistantError):
    """No index could be loaded yet, so no question can be answered."""


class FeedbackError(AssistantError):
    """The file that feedback is kept in cannot be read or written. Attribute: `path`."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        mend = "Give this user the right to write there, or set ASSISTANT_FEEDBACK to another file, or to off."
        super().__init__(f"{path}: {problem}. {mend}")


class CitationsError(AssistantError):
    """A file of citations cannot be checked. Attribute: `path`."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        super().__init__(f"{path}: {problem}")


class EvaluationError(AssistantError):
    """An evaluation cannot be made as asked; where a file is malformed: file, line and mend."""
