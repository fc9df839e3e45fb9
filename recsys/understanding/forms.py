"""What has a form of its own: years, numbers, audiences and languages, as filters and fits."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.intents import FIRM, Audience, Bounds, Intent, Years
from recsys.understanding.audience import AudienceIndex
from recsys.understanding.columns import CALLED, numeric_columns
from recsys.understanding.labels import LabelIndex
from recsys.understanding.understanding import Part

YEAR_SOFTNESS = 5.0
"""Years outside of a span after which a fit falls to 1 / e."""
SURE = 0.6
"""A number less certain than this, without a column for it, is no number but a phrase."""


class Forms:
    """Makes Parts of times, numbers, audiences and languages.

    ``ties`` (n, N) are the items' to the nodes; ``rows_of`` gives the items tied to a node.
    """

    def __init__(
        self,
        tables: SimpleNamespace,
        items: pd.DataFrame,
        nouns: str,
        labels: LabelIndex,
        ties: sparse.csr_array,
        rows_of: Callable[[int], np.ndarray],
    ):
        self._tables = tables
        self._count = len(items)
        self._nouns = nouns
        year = items["year"].to_numpy(np.float64, na_value=np.nan)  # (n,)
        self._years, self._place = np.unique(year, return_inverse=True)  # NaN comes last, once
        known = self._years[~np.isnan(self._years)]
        self._newest = int(known[-1]) if len(known) else 0
        self._columns = numeric_columns(items["facts"].tolist())
        self._labels, self._rows_of = labels, rows_of
        self._audiences = self._audience_index(ties)

    def time(self, intent: Intent) -> list[Part]:
        """A span of years, with its mask where it is firm."""
        years = intent.value
        if not isinstance(years, Years):
            return []
        if years.unknown:
            why = "nobody but you knows that year: say it in numbers"
            return [Part(intent, intent.text, acted=False, why=why)]
        if not self._newest:
            return [Part(intent, intent.text, acted=False, why=lacks("years"))]
        low, high = years.bounds(self._newest)
        within = (self._years >= low) & (self._years <= high)
        away = np.maximum(np.maximum(low - self._years, self._years - high), 0)
        near = np.nan_to_num(np.exp(-away / YEAR_SOFTNESS)).astype(np.float32)
        inside, fit = within[self._place], near[self._place]  # a century has few years
        why = f"the newest is of {self._newest}" if years.last else ""
        if intent.polarity < 0:
            return [Part(intent, _span(low, high), fit=inside.astype(np.float32), why=why)]
        if not inside.any():
            why = f"no {self._nouns} of these years here"
            return [Part(intent, _span(low, high), fit=fit, why=why)]
        allowed = inside if intent.polarity > 0 and intent.strength >= FIRM else None
        return [Part(intent, _span(low, high), fit=fit, allowed=allowed, why=why)]

    def number(self, intent: Intent) -> list[Part]:
        """A number, if the catalogue has a column for it; ``compared`` gives it its mask."""
        bounds = intent.value
        if not isinstance(bounds, Bounds):
            return []
        column = self._columns.get(bounds.unit)
        if column is None:
            if intent.confidence < SURE:
                return []
            why = lacks(CALLED.get(bounds.unit, bounds.unit))
            return [Part(intent, intent.text, acted=False, why=why)]
        return [Part(intent, intent.text)]

    def compared(self, part: Part, examples: Sequence[int]) -> Part:
        """A number with its mask, which may be relative to the examples."""
        bounds = part.intent.value
        if part.intent.kind != "number" or not part.acted or not isinstance(bounds, Bounds):
            return part
        allowed = self._columns[bounds.unit].allowed(bounds, examples)
        if part.intent.polarity < 0:
            return replace(part, fit=allowed.astype(np.float32))
        return replace(part, fit=allowed.astype(np.float32), allowed=allowed)

    def audience(self, intent: Intent) -> list[Part]:
        """Who watches: what suits them, and what does not."""
        audience = intent.value
        if not isinstance(audience, Audience):
            return []
        if audience.group == "adult":
            turned = Audience("child")
            other = replace(intent, value=turned, polarity=-intent.polarity)
            suits = self._audiences.suits(turned)
            fit, allowed = (suits.fit, suits.allowed) if intent.polarity < 0 else (None, None)
            fit = suits.made.astype(np.float32) if fit is None else fit
            return [Part(other, "for children", fit=fit, allowed=allowed, acted=suits.known)]
        suits = self._audiences.suits(audience)
        if not suits.known:
            why = f"nothing here says whom {self._nouns} suit"
            return [Part(intent, intent.text, acted=False, why=why)]
        if intent.polarity < 0:
            return [Part(intent, intent.text, fit=suits.made.astype(np.float32))]
        strict = intent.strength >= FIRM
        return [Part(intent, intent.text, fit=suits.fit, allowed=suits.allowed if strict else None)]

    def spoken(self, intent: Intent) -> list[Part]:
        """The language of the works, told by their countries."""
        spoken = str(intent.value)
        foreign = spoken == "foreign"
        nodes = self._labels.listed(self._tables.LANGUAGES["english" if foreign else spoken])
        nodes = [node for node in nodes if self._labels.kind[node] == "country"]
        if not nodes:
            return [Part(intent, intent.text, acted=False, why=lacks("countries"))]
        inside = mask([self._rows_of(node) for node in nodes], self._count)
        inside = ~inside if foreign else inside
        why = "told by the country; the language itself is not known"
        kept = replace(intent, polarity=1)
        inside = inside if intent.polarity > 0 else ~inside
        label = spoken if intent.polarity > 0 else f"not {spoken}"
        fit = inside.astype(np.float32)
        return [Part(kept, label, tuple(nodes), fit=fit, allowed=inside, why=why)]

    def _audience_index(self, ties: sparse.csr_array) -> AudienceIndex:
        made = {name: self._labels.listed(words) for name, words in self._tables.AUDIENCES.items()}
        unfit = {name: self._labels.listed(words) for name, words in self._tables.UNFIT.items()}
        plain = ties.copy()
        plain.data[:] = 1
        return AudienceIndex(plain, made, unfit)


def lacks(what: str) -> str:
    """Why a part is grey: the catalogue has no ``what``."""
    return f"no {what} here, so that part is not used"


def mask(rows: Sequence[np.ndarray], count: int) -> np.ndarray:
    """(count,) bool: the items that are in any of ``rows``."""
    found = np.zeros(count, dtype=bool)
    for one in rows:
        found[one] = True
    return found


def _span(low: float, high: float) -> str:
    if np.isinf(low):
        return f"up to {high:.0f}"
    return f"from {low:.0f} on" if np.isinf(high) else f"{low:.0f} to {high:.0f}"
