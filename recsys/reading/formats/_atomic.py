"""The typed headers of RecBole's atomic files: ``item_id:token``, ``class:token_seq``.

https://recbole.io/docs/user_guide/data/atomic_files.html
"""

import re
from collections.abc import Mapping, Sequence

LINK = ["item_id", "entity_id"]
"""The columns of a file that says which entity an item is."""
TRIPLE = ["head_id", "relation_id", "tail_id"]
"""The columns of a graph, and what a link is read as."""
SAME = "is"
"""The relation of a link."""
_TYPED = re.compile(r"(.+):(token|float|token_seq|float_seq)")
_PROSE = re.compile(
    r"title|name|text|desc|review|abstract|summary|headline|content|comment|plot|body", re.I
)
"""Columns whose words, though a list to RecBole, are a text to us."""


def types(names: Sequence[str]) -> dict[str, str]:
    """Name -> type, when every name has one; nothing otherwise.

    >>> types(["item_id:token", "class:token_seq"]), types(["time: start", "a:token"])
    ({'item_id': 'token', 'class': 'token_seq'}, {})
    """
    matches = [_TYPED.fullmatch(name.strip()) for name in names]
    if not all(matches):
        return {}
    return {match[1]: match[2] for match in matches if match}


def is_link(kinds: Mapping[str, str]) -> bool:
    """Whether typed columns say which entity of a graph an item is."""
    return list(kinds) == LINK


def listed(name: str, kind: str) -> bool:
    """Whether the words of a column are a list."""
    return kind.endswith("_seq") and not _PROSE.search(name)


def as_list(cells: Sequence[str]) -> list[str]:
    """Cells with | between words."""
    return ["|".join(cell.split()) for cell in cells]
