"""What curiosity costs and brings: regret, and how soon a new item gets its first looks."""

import argparse

from recsys.online.explore import World, courses, first_looks, regrets
from recsys.reports.bench import Measurement

HELP = "Thompson sampling against greedy and random lists, with simulated people"


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    parser.add_argument("--rounds", type=int, default=10_000, help="lists shown (%(default)s)")
    parser.add_argument("--worlds", type=int, default=20, help="averaged over (%(default)s)")


def measure(options: argparse.Namespace) -> Measurement:
    """A line for each way to fill a list and number of showings of the new item."""
    found = courses(World(), options.rounds, options.worlds, progress=options.progress)
    lost = regrets(found).iloc[-1]
    table = first_looks(found)
    table.insert(1, "regret", table["way"].map(lost))
    told = f"{table.round(2).to_string(index=False)}\nsimulated people, {options.rounds:,} rounds"
    return Measurement(table.round(3), ("way", "showings"), told)
