"""The page's address: read when the page opens, and kept in step with what is on the page.

Nothing in an address is trusted: what does not fit is as good as absent.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias, TypeVar

import streamlit as st

_Number = TypeVar("_Number", int, float)
_Name = TypeVar("_Name", str, None)
Value: TypeAlias = str | float | Sequence[str] | None
"""What an address can say; None and what is empty are left out."""


def text(name: str, default: str) -> str:
    """What the address says of ``name``, or ``default``."""
    return st.query_params.get(name, default)


def number(name: str, default: _Number, low: _Number, high: _Number) -> _Number:
    """The number that the address gives ``name``, or ``default`` unless it is from low to high."""
    try:
        value = type(default)(st.query_params[name])
    except (KeyError, ValueError):
        return default
    return value if low <= value <= high else default


def names(name: str, known: Collection[str]) -> list[str]:
    """Those values of ``name`` that are ``known``, each once."""
    return [value for value in dict.fromkeys(st.query_params.get_all(name)) if value in known]


def name(parameter: str, known: Collection[str], default: _Name) -> str | _Name:
    """The first value of ``parameter`` that is ``known``, or ``default``."""
    return next(iter(names(parameter, known)), default)


def write(values: Mapping[str, Value]) -> None:
    """Makes the address say ``values``."""
    said = {name: value for name, value in values.items() if value not in (None, "", [])}
    wanted = {
        name: value if isinstance(value, list) else [str(value)] for name, value in said.items()
    }
    if wanted != {name: st.query_params.get_all(name) for name in st.query_params}:
        st.query_params.from_dict(wanted)
