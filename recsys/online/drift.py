"""Whether visitors, or what signals say, have changed: ADWIN over streams of the log.

Adaptive windowing (Bifet & Gavaldà 2007), as the package river has it: a window over a stream grows
until two parts of it differ in their mean more than chance allows.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recsys.store.workspace import Workspace

DELTA = 1e-4
"""How often one stream of no change may raise an alarm, at most, by each comparison: so seldom that
twenty quiet streams of ten thousand raise none."""
MIN_EVENTS = 100
"""Of a shorter stream nothing is said."""
LIKES = "likes a showing"
TASTES = "tastes, by how far what is liked is from the average item"
SIGNAL = "signal "
"""Names of streams: the outcomes, the tastes, and before the name of a signal what it says."""


@dataclass(frozen=True)
class Drift:
    """A ``stream`` changed at the event ``at`` (seconds since 1970): its mean ``before``, and since
    then (``after``), of so many values."""

    stream: str
    at: float
    before: float
    after: float
    values: int


def changes(values: Iterable[float]) -> list[int]:
    """The places, from 0, at which a change of the mean was noticed."""
    from river.drift import ADWIN

    detector, found = ADWIN(delta=DELTA), []  # type: ignore[no-untyped-call]
    for place, value in enumerate(values):
        detector.update(value)  # type: ignore[no-untyped-call]
        if detector.drift_detected:
            found.append(place)
    return found


def streams(table: pd.DataFrame, workspace: Workspace) -> dict[str, pd.Series]:
    """The streams of a log, in its order: index ``at``.

    Of each list the share of what was shown that was liked, and what each signal said of it in the
    mean; of each like how far its item is from the average one, by its text.
    """
    shown = table[table["kind"] == "impression"]
    liked = table[(table["kind"] == "like") & (table["list_id"] != "")]
    lists = shown.groupby("list_id", sort=False)
    count = liked.drop_duplicates(["list_id", "item"]).groupby("list_id").size()
    at = lists["at"].first()
    share = count.reindex(at.index).fillna(0) / lists.size()
    found = {LIKES: pd.Series(share.to_numpy(), at.to_numpy())}
    rows = pd.Series(np.arange(len(workspace.catalogue)), workspace.catalogue.items["id"])
    known = liked[liked["item"].isin(rows.index)]
    lengths = workspace.lengths[rows.loc[known["item"]].to_numpy()]
    found[TASTES] = pd.Series(lengths, known["at"].to_numpy())
    return found | _said(shown[shown["signals"] != ""])


def _said(shown: pd.DataFrame) -> dict[str, pd.Series]:
    """What each signal said of a list in the mean: what it says of one item is not independent of
    what it says of the next."""
    if shown.empty:
        return {}
    table = pd.DataFrame([json.loads(signals) for signals in shown["signals"]]).fillna(0.0)
    lists = table.groupby(shown["list_id"].to_numpy(), sort=False)
    at = shown.groupby("list_id", sort=False)["at"].first().to_numpy()
    means = lists.mean()
    return {f"{SIGNAL}{name}": pd.Series(means[name].to_numpy(), at) for name in sorted(means)}


def drifts(found: Mapping[str, pd.Series]) -> list[Drift]:
    """The last change of each stream that has one."""
    told = []
    for name, stream in found.items():
        places = changes(stream) if len(stream) >= MIN_EVENTS else []
        if places:
            at, values = places[-1], stream.to_numpy()
            start = places[-2] if len(places) > 1 else 0
            before, after = values[start:at].mean(), values[at:].mean()
            told.append(Drift(name, stream.index[at], float(before), float(after), len(stream)))
    return told
