"""What the settings of a model are: the fields of its Config, with what the code says of each."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from types import ModuleType


@dataclass(frozen=True)
class Setting:
    """A setting that is a number or a word: its usual value, what it is, and for a word, what else
    it may be."""

    name: str
    usual: int | float | str
    about: str
    choices: tuple[str, ...] = ()


def settings(module: ModuleType) -> dict[str, Setting]:
    """The settings of a model by name, in the order of its Config.

    A word's choices are in the module, under its name in capitals and the plural.
    """
    usual, said = module.Config(), _docstrings(module.Config)
    found = {}
    for field in fields(usual):
        value = getattr(usual, field.name)
        if isinstance(value, int | float | str):
            choices = tuple(getattr(module, f"{field.name.upper()}S", ()))
            found[field.name] = Setting(field.name, value, said.get(field.name, ""), choices)
    return found


def _docstrings(config: type) -> dict[str, str]:
    """What stands under each field of a dataclass, or of those that it is made from."""
    found: dict[str, str] = {}
    for own in reversed(config.__mro__):
        if is_dataclass(own):
            found |= dict(_under_fields(own))
    return found


def _under_fields(config: type) -> Iterator[tuple[str, str]]:
    (tree,) = ast.parse(inspect.cleandoc(inspect.getsource(config))).body
    assert isinstance(tree, ast.ClassDef)
    for field, below in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            match below:
                case ast.Expr(ast.Constant(str(text))):
                    yield field.target.id, " ".join(text.split())
