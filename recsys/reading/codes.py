"""Codes for items that came without one."""

import re
from collections import Counter
from collections.abc import Collection, Iterable

from recsys.reading.titles import typed

LONGEST = 56
"""Characters of a title that go into its code."""


def codes(titles: Iterable[str], taken: Collection[str] = ()) -> list[str]:
    """A code for each title: its words in small letters, and a number where that is ``taken``.

    >>> codes(["Amélie!", "Ran", "Ran", "?"], {"amelie"})
    ['amelie-2', 'ran', 'ran-2', 'item']
    """
    used, numbers = set(taken), Counter[str]()
    found = []
    for title in titles:
        plain = re.sub(r"[\W_]+", "-", typed(title).casefold()).strip("-")
        code = slug = plain[:LONGEST].strip("-") or "item"
        while code in used:
            numbers[slug] += 1
            code = f"{slug}-{numbers[slug] + 1}"
        used.add(code)
        found.append(code)
    return found
