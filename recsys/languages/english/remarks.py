"""Remarks about an item that is shown, which say nothing without it: "not that director"."""

import re

OLDER = re.compile(r"(?i)\b(?:an? )?(?:bit |little |much |far )?(?:older|earlier)(?: ones?)?\b")
"""Before the item's year."""
NEWER = re.compile(
    r"(?i)\b(?:an? )?(?:bit |little |much |far )?(?:newer|more recent|more modern)(?: ones?)?\b"
)
"""After the item's year."""
NOT_THAT = re.compile(
    r"(?i)\b(?:not|nothing by|no more(?: of)?|without|anyone but|other than|someone other than)"
    r" (?:that|this|the same) (?P<role>[a-z][a-z ]*?)(?= please\b|[,.;!]|$| but\b| and\b)"
    r"|\b(?:another|a different) (?P<other>[a-z][a-z ]*?)(?= please\b|[,.;!]|$| but\b| and\b)"
)
"""Turns down what the item is tied to in that role: its director, its theme."""
LIKE_IT = re.compile(r"(?i)\b(?:like|similar to) (?:this|that|it)(?: one)?\b")
"""Names the item as an example."""

BEFORE, AFTER = "before {}", "after {}"
NOTHING_BY, NO = "nothing by {}", "no {}"
LIKE = "like {}"
LESS = "less {}"
"""What is said in their place."""
