"""Simulated people of the open workspace, and what they do in an experiment."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from pages.shared import judged, resources
from pages.shared.strategies import to_link
from recsys.datatypes import Strategy
from recsys.online.experiments.experiment import Plan, check_split, watch
from recsys.online.experiments.people import People, arrive, lists_of, people_of
from recsys.online.experiments.trial import Duel, ab_test, interleaved
from recsys.store.workspace import Workspace


@dataclass(frozen=True, eq=False)
class Found:
    """What a simulated experiment found: ``seen`` and ``harm`` as ``watch`` gives them, ``counts``
    of visitors in each arm, the ``p`` value of the split, and the ``duel`` of the first two."""

    seen: pd.DataFrame
    harm: pd.DataFrame
    counts: np.ndarray
    p: float
    duel: Duel


def people(opened: Workspace) -> People:
    """Those whose taste is known in the open workspace; raises DataError where nobody judged."""
    chosen = judged.chosen(opened)
    return _people(str(opened.folder), chosen.fingerprint, opened, chosen.tastes)


def lists(opened: Workspace, compared: Sequence[Strategy]) -> np.ndarray:
    """(p, strategies, k) what each strategy shows each of them."""
    links = [to_link(strategy) for strategy in compared]
    fingerprint = judged.chosen(opened).fingerprint
    key = (str(opened.folder), fingerprint, json.dumps(links))
    return _lists(key, opened, people(opened), compared)


def run(opened: Workspace, compared: Sequence[Strategy], plan: Plan, seed: int) -> Found:
    """The experiment number ``seed``: the same whenever it is asked for."""
    rng = np.random.default_rng(seed)
    known, shown = people(opened), lists(opened, compared)
    trial = ab_test(known, shown, plan.visitors, rng)
    who = arrive(known, plan.visitors, rng)
    duel = interleaved(known, who, shown[who, 0], shown[who, 1], plan.every, rng)
    p, _ = check_split(trial.arms, plan.strategies)
    return Found(
        watch(plan, trial.arms, trial.liked),
        watch(plan, trial.arms, trial.disliked),
        np.bincount(trial.arms, minlength=len(plan.strategies)),
        p,
        duel,
    )


@st.cache_data(max_entries=4, show_spinner=False)
def _people(folder: str, fingerprint: str, _opened: Workspace, _tastes: Sequence) -> People:
    return people_of(_opened, _tastes)


@st.cache_data(max_entries=8, show_spinner=False)
def _lists(
    key: tuple[str, ...], _opened: Workspace, _known: People, _compared: Sequence[Strategy]
) -> np.ndarray:
    return lists_of(resources.engine(_opened), _known, _compared)
