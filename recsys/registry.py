"""Plug-ins: a file or a folder in its room, whose name is its registered name."""

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from recsys.errors import QueryError, RegistryError


@cache
def plugins(package: str, required: tuple[str, ...]) -> dict[str, ModuleType]:
    """The files and folders of ``package`` by name, in sorted order.

    Names with a leading underscore are helpers and left out. Raises RegistryError naming the file
    and the piece when one lacks any of ``required``.
    """
    path = importlib.import_module(package).__path__
    names = [info.name for info in pkgutil.iter_modules(path)]
    found = {}
    for name in sorted(names):
        if name.startswith("_"):
            continue
        module = importlib.import_module(f"{package}.{name}")
        missing = [piece for piece in required if not hasattr(module, piece)]
        if missing:
            raise RegistryError(f"{module.__file__} lacks {', '.join(missing)}.")
        found[name] = module
    return found


def called(module: ModuleType) -> str:
    """The name of a plug-in for people, and beside it the field's term.

    >>> from recsys.fusion import concatenation
    >>> called(concatenation)
    'One long vector (concatenation)'
    """
    return f"{module.TITLE} ({module.TERM})"


def pick(kind: str, modules: dict[str, ModuleType], name: str) -> ModuleType:
    """The module called ``name``; raises QueryError listing the names there are."""
    if name not in modules:
        raise QueryError(f"There is no {kind} called {name!r}. There are: {', '.join(modules)}.")
    return modules[name]
