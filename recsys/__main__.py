"""The command line: python -m recsys COMMAND --help."""

import argparse
import os
import sys
from collections.abc import Sequence

from recsys.cli import commands
from recsys.cli._common import Bar
from recsys.disk import is_full
from recsys.errors import ThawError


def parser() -> argparse.ArgumentParser:
    """The whole command line, a subcommand for each file in ``recsys/cli``."""
    top = argparse.ArgumentParser(
        "python -m recsys", description="Recommendation from plain words."
    )
    subcommands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, module in commands().items():
        command = subcommands.add_parser(name, help=module.HELP)
        module.add(command)
        command.set_defaults(run=module.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status, 2 with one line on standard error for an error."""
    options = parser().parse_args(arguments)
    try:
        with Bar() as options.progress:
            options.run(options)
    except ThawError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:  # of what is written on the way: downloads, exports
        if not is_full(error):
            raise
        print(f"error: No space left on the disk: {error}.", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
