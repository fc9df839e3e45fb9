"""Words on the page."""

import re


def escape(text: str) -> str:
    """``text`` as Markdown that shows exactly its characters, whoever wrote it.

    >>> escape("*Airplane!* :red[x]")
    '\\\\*Airplane\\\\!\\\\* \\\\:red\\\\[x\\\\]'
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text.replace("\n", " "))
