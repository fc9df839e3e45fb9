"""Commands: each file is one, python -m recsys COMMAND.

A file here has ``HELP``, ``add(parser)``, which adds its options, and ``run(options)``, which does
it; ``options.progress`` draws a bar. A name that Python keeps for itself ends in an underscore.
"""

from types import ModuleType

from recsys.registry import plugins


def commands() -> dict[str, ModuleType]:
    """Every command by the name that is typed, in sorted order of the files."""
    modules = plugins(__name__, ("HELP", "add", "run"))
    return {typed(name): module for name, module in modules.items()}


def typed(name: str) -> str:
    """What a person types for a file or an option.

    >>> typed("new_item"), typed("import_")
    ('new-item', 'import')
    """
    return name.rstrip("_").replace("_", "-")
