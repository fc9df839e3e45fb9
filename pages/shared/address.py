"""The page's address: read when the page opens, and kept in step with what is on the page.

Nothing in an address is trusted: what does not fit is as good as absent.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias, TypeVar
from urllib.parse import urlencode

import streamlit as st

from pages.shared import tab

_Number = TypeVar("_Number", int, float)
_Name = TypeVar("_Name", str, None)
Value: TypeAlias = str | float | Sequence[str] | None
"""What an address can say; None and what is empty are left out."""


def text(name: str, default: str) -> str:
    """What the address says of ``name``, or ``default``."""
    said = values(name)
    return said[-1] if said else default


def number(name: str, default: _Number, low: _Number, high: _Number) -> _Number:
    """The number that the address gives ``name``, or ``default`` unless it is from low to high."""
    try:
        value = type(default)(text(name, ""))
    except ValueError:
        return default
    return value if low <= value <= high else default


def names(name: str, known: Collection[str]) -> list[str]:
    """Those values of ``name`` that are ``known``, each once."""
    return [value for value in dict.fromkeys(values(name)) if value in known]


def name(parameter: str, known: Collection[str], default: _Name) -> str | _Name:
    """The first value of ``parameter`` that is ``known``, or ``default``."""
    return next(iter(names(parameter, known)), default)


def values(name: str) -> list[str]:
    """All that the address says of ``name``, or after a reload, what the tab kept of it."""
    return st.query_params.get_all(name) or tab.kept(name)


def write(shown: Mapping[str, Value], told: Mapping[str, Value] | None = None) -> None:
    """Makes the address say what is ``shown``; the tab keeps that and what is ``told``.

    What is ``told``, such as the taste, comes back after a reload and stands in no address. A page
    that tells nothing leaves in the tab what another has told.
    """
    wanted = _parameters(shown)
    if wanted != {name: st.query_params.get_all(name) for name in st.query_params}:
        st.query_params.from_dict(wanted)
    tab.keep(None if told is None else query({**shown, **told}))


def query(values: Mapping[str, Value]) -> str:
    """The part of an address behind the ``?`` that says ``values``.

    >>> query({"taste": "a & b", "liked": ["x", "y"], "k": None})
    'taste=a+%26+b&liked=x&liked=y'
    """
    return urlencode(_parameters(values), doseq=True)


def _parameters(values: Mapping[str, Value]) -> dict[str, list[str]]:
    said = {name: value for name, value in values.items() if value not in (None, "", [])}
    return {
        name: value if isinstance(value, list) else [str(value)] for name, value in said.items()
    }
