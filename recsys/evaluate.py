"""Protocols: how good a ranking is, for whom, and how sure that is."""

from recsys.evaluation.dialogues import dialogues
from recsys.evaluation.landing import landing
from recsys.evaluation.new_item import Scorer, new_item
from recsys.evaluation.new_user import new_user
from recsys.evaluation.personas import personas
from recsys.evaluation.report import summary, write
from recsys.evaluation.warm import warm

__all__ = [
    "Scorer", "dialogues", "landing", "new_item", "new_user", "personas", "summary", "warm",
    "write",
]  # fmt: skip
