"""The exceptions a caller may catch.

ThawError              its text is one clear line for the person who meets it
├── QueryError         a request that cannot be answered: blank text, unknown item, k out of range
├── WorkspaceError     a workspace that is missing, damaged, or being built by somebody else
├── EncoderError       a language model that cannot be loaded
├── DataError          a source whose tables do not fit together
├── DiskFull           there is no room to write; what was there is there still
├── TrainingError      a model that cannot be trained; the one in service stays
└── RegistryError      a signal, fusion or source file that lacks a piece
"""


class ThawError(Exception):
    """Anything Thaw raises on purpose; ``str(error)`` can be shown as it is."""


class QueryError(ThawError, ValueError):
    """A request that cannot be answered, and what would be accepted."""


class WorkspaceError(ThawError):
    """A workspace that cannot be opened or built."""


class EncoderError(ThawError):
    """A language model that cannot be loaded."""


class DataError(ThawError, ValueError):
    """A source whose tables do not fit together."""


class DiskFull(ThawError):
    """There is no room to write; what was there is there still."""


class TrainingError(ThawError):
    """A model that cannot be trained; the one in service stays."""


class RegistryError(ThawError):
    """A signal, fusion or source file that lacks a required piece."""
