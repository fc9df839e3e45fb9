"""What the tests of judgements run in processes of their own; light, as each of them imports it."""

import os
import signal
import sqlite3

import pandas as pd

from recsys.store.judgements import Judgements
from recsys.tables import GRADED_COLUMNS


def make(root, name):
    """Makes a set."""
    os.environ["THAW_WORKSPACES"] = str(root)
    Judgements("small").make(name)


def judge(root, judge, count):
    """Grades one taste after another."""
    os.environ["THAW_WORKSPACES"] = str(root)
    kept = Judgements("small")
    for number in range(count):
        kept.judge("mine", f"taste {number}", "star", judge, number % 4)


def add_two_and_die_at(root, statement):
    """Adds two lines, and kills itself before its SQL statement of this number, from 1."""
    os.environ["THAW_WORKSPACES"] = str(root)
    left = statement

    class Dying(sqlite3.Connection):
        def counted(self):
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        def execute(self, *arguments):
            self.counted()
            return super().execute(*arguments)

        def executemany(self, sql, rows):
            for row in rows:
                self.execute(sql, row)

        def close(self):
            self.counted()
            super().close()

    usual = sqlite3.connect
    sqlite3.connect = lambda *given, **named: usual(*given, **named, factory=Dying)
    lines = [("robots", "tin", 3, "eve"), ("robots", "vault", 1, "eve")]
    Judgements("small").add("mine", pd.DataFrame(lines, columns=GRADED_COLUMNS))
