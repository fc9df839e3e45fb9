"""A taste asked for: what is to be judged for it, and what the visitor's own strategy shows."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from pages.shared import strategies
from pages.shared.strategy import standing_strategy
from recsys.datatypes import Strategy
from recsys.ranking import sweep
from recsys.ranking.engine import Engine
from recsys.ranking.judging import pool
from recsys.store.judged import JudgedTaste

POOLED = ("usual", "signal:content", "signal:lexical", "signal:popularity")
"""Presets whose first ten are to be judged, beside those of the visitor's own strategy."""


@dataclass(frozen=True, eq=False)
class Asked:
    """``pooled`` rows, in an order that tells nothing; ``ranked`` rows as ``strategy`` has them,
    the best first."""

    text: str
    pooled: list[int]
    ranked: list[int]
    strategy: Strategy


def ask(engine: Engine, text: str) -> Asked:
    """What there is to judge for a taste; raises QueryError for one that cannot be read."""
    own = standing_strategy()
    key = (engine.workspace.name, engine.workspace.manifest.version, strategies.to_link(own))
    pooled, ranked = _asked(key, text, engine)
    return Asked(text, pooled, ranked, own)


@st.cache_data(max_entries=64, show_spinner=False)
def _asked(key: tuple[str, str, str], text: str, _engine: Engine) -> tuple[list[int], list[int]]:
    own = standing_strategy()
    nothing = JudgedTaste(text, text, np.zeros(0, dtype=np.int64), np.zeros(0))
    query = sweep.score_query(_engine, nothing, own.similarity)
    known = strategies.presets()
    chosen = [own, *(known[name] for name in POOLED if name in known)]
    ranked = _engine.fuse(query.query, query.scores, own).index[: sweep.K]
    return pool(_engine, query, chosen), ranked.tolist()
