"""Protocols: how good a ranking is, for whom, and how sure that is."""

from recsys.evaluation.report import summary, write
from recsys.protocols.dialogues import dialogues
from recsys.protocols.landing import landing
from recsys.protocols.new_item import Scorer, new_item
from recsys.protocols.new_user import new_user
from recsys.protocols.personas import personas
from recsys.protocols.warm import warm

__all__ = [
    "Scorer", "dialogues", "landing", "new_item", "new_user", "personas", "summary", "warm",
    "write",
]  # fmt: skip
