"""The interval that closes, and what may be said of it."""

import time

import numpy as np
import pandas as pd
import streamlit as st

from pages.experiments.setting import MARGIN
from pages.experiments.simulated import Found
from pages.shared.charts import inked
from pages.shared.drawing import PLAIN
from pages.shared.sentence import show_sentence
from pages.shared.text import escape
from recsys.charts import experiments as charts
from recsys.online.experiments import experiment
from recsys.online.experiments.assignment import SAMPLE_RATIO_ALPHA
from recsys.online.experiments.experiment import Plan, Verdict, verdict

FRAMES = 24
"""Pictures in which the interval closes."""

PAUSE = 0.08
"""Seconds between two of them."""

SHORT = {
    experiment.BETTER: "{name} is better: {gain} like something, after {visitors}",
    experiment.WORSE: "{name} is worse: {gain} like something, after {visitors}",
    experiment.SAME: "{name} makes no difference that matters, after {visitors}",
    experiment.OPEN: "{name} is undecided after {visitors}: {gain} like something",
    experiment.RUNNING: "{name} is undecided after {visitors}: {gain} like something",
    experiment.HARM: "{name} is stopped by the guardrail: {gain} dislike something, after"
    " {visitors}",
}
"""What the room reads of a verdict."""


def show_verdicts(plan: Plan, found: Found) -> None:
    """A sentence for each strategy against the first; the split comes before all."""
    if found.p < SAMPLE_RATIO_ALPHA:
        st.error("The visitors were not split as was meant: nothing here is to be believed.")
    for name in plan.strategies[1:]:
        show_sentence(_sentence(found, name, verdict(plan, name, found.seen, found.harm)))


def _sentence(found: Found, name: str, seen: Verdict) -> str:
    table = found.harm if seen.state == experiment.HARM else found.seen
    own = table[table["strategy"] == name]
    at = own[own["visitors"] == seen.visitors].iloc[0]
    visitors = f"{seen.visitors:,} simulated visitors"
    return SHORT[seen.state].format(name=name, gain=_of_hundred(at), visitors=visitors)


def _of_hundred(line: pd.Series) -> str:
    """A difference with its interval, in visitors of a hundred."""
    gap = 100 * line["difference"]
    ends = f"[{100 * line['low']:+.1f}, {100 * line['high']:+.1f}]".replace("-", "−")
    return f"{abs(gap):.1f} {'more' if gap >= 0 else 'fewer'} of 100 {ends}"


def show_closing(plan: Plan, found: Found, animated: bool) -> None:
    """The difference with its interval: drawn from the first look on where it is ``animated``."""
    title = f"How many more of all visitors like something than with {plan.strategies[0]}"
    st.markdown(f"**{escape(title)}** :small[· simulated]")
    place = st.empty()
    scale = dict.fromkeys(("difference", "low", "high"), 100)
    seen = found.seen.assign(**{column: found.seen[column] * by for column, by in scale.items()})
    looks = seen["visitors"].unique()
    until = [plan.visitors]
    if animated:
        frames = np.linspace(0, len(looks) - 1, FRAMES).astype(int)
        until = looks[np.unique(frames)].tolist()
    for visitors in until:
        part = seen[seen["visitors"] <= visitors]
        figure = charts.closing(part, plan.visitors, "more of 100 visitors")
        place.plotly_chart(inked(figure), key=f"experiments_chart_{visitors}", config=PLAIN,
                           alt=title)  # fmt: skip
        if visitors != until[-1]:
            time.sleep(PAUSE)
    st.markdown(
        ":small[The band is a confidence sequence: it holds the truth at all looks at once in 95 of"
        " 100 experiments, so one may watch it and stop when it leaves 0.]"
    )


def show_checks(plan: Plan, found: Found) -> None:
    """The split and the guardrail, in words and figures."""
    counts = " : ".join(f"{count:,}" for count in found.counts)
    sound = found.p >= SAMPLE_RATIO_ALPHA
    icon = ":material/check_circle:" if sound else ":material/error:"
    lines = [f"{icon} **Split** {counts}, chi-square p = {found.p:.2g}"]
    for name, own in found.harm.groupby("strategy", sort=False):
        last = own.iloc[-1]
        broken = bool((own["low"] > MARGIN).any())
        icon = ":material/block:" if broken else ":material/check_circle:"
        said = "broken" if broken else "holds" if last["high"] < MARGIN else "not broken"
        lines.append(
            f"{icon} **Guardrail {said}** {escape(str(name))}: {_of_hundred(last)} dislike"
            f" something; {100 * MARGIN:.0f} more are put up with"
        )
    st.markdown("  \n".join(f":small[{line}]" for line in lines))


def show_duel(plan: Plan, found: Found) -> None:
    """The first two strategies interleaved: how soon that decides."""
    duel = found.duel
    with np.errstate(invalid="ignore"):
        share = duel.wins / (duel.wins + duel.losses)
    of_hundred = {"share": 100 * share, "low": 100 * duel.low, "high": 100 * duel.high}
    table = pd.DataFrame({"visitors": duel.visitors} | of_hundred)
    look = int(experiment.decided(duel.low - 0.5, duel.high - 0.5))
    first, second = plan.strategies[:2]
    if look < 0:
        said, after = f"{first} and {second} are undecided", plan.visitors
    else:
        better = second if duel.low[look] > 0.5 else first
        said, after = f"{better} is preferred", int(duel.visitors[look])
    said = f"Interleaved, {said} after {after:,} simulated visitors"
    show_sentence(said)
    st.plotly_chart(inked(charts.leaning(table, plan.visitors)), key="experiments_chart_duel",
                    config=PLAIN, alt=said)  # fmt: skip
    st.markdown(
        ":small[Both strategies fill one unmarked list in turns, by the toss of a coin (team"
        " draft); a visitor prefers the one of whose items they like more. The interval is exact"
        " and may be watched.]"
    )
