"""One file a format, found by what a file holds and never by its name.

Each has a ``TITLE``, ``recognises(source) -> bool`` and ``read(source)``, which yields chunks of
the rows that can be read, adds the others to ``source.bad``, and says in ``source.notes`` what it
found. What nobody recognises is delimited text.
"""

from types import ModuleType

from recsys.errors import DataError
from recsys.reading.formats._source import Source
from recsys.registry import plugins

REQUIRED = ("TITLE", "recognises", "read")


def find(source: Source) -> ModuleType:
    """The format of ``source``; raises DataError when it is that of no table."""
    formats = plugins(__name__, REQUIRED)
    for form in formats.values():
        if form.recognises(source):
            return form
    if not source.head and source.start:
        raise DataError("is a document that holds no table.")
    return formats["delimited"]
