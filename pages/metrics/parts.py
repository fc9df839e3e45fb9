"""Behind the verdict of a report: what a text is worth, for whom, one by one, and two runs."""

import pandas as pd
import streamlit as st

from pages.metrics.source import source
from pages.shared.drawing import PLAIN
from pages.shared.text import escape
from recsys.charts import metrics as metrics_charts
from recsys.reports import figures, learning_curve
from recsys.reports.names import DEFAULT
from recsys.reports.store import Report

MOST_LISTED = 5
"""So many of those who gain most, and of those who lose most, are listed."""


def show_warm_up(report: Report, metric: str) -> None:
    """Likes known against quality, with the text and without."""
    curve = learning_curve.curve(report, metric)
    found = learning_curve.worth(report, metric)
    if curve.empty or found is None:
        st.info(
            "This run told nobody's likes. One that does: python -m recsys evaluate new-user"
            " --likes 0,1,3,5,10, with profiles and ratings.",
            title="No warm-up curve in this report",
            icon=":material/show_chart:",
        )
        return
    title = learning_curve.worth_in_words(report, metric)
    st.markdown(f"**{escape(title)}**")
    figure = metrics_charts.learning_curve(curve, found[0], figures.label(metric))
    st.plotly_chart(figure, key="metrics_chart_warm_up", config=PLAIN, alt=title)
    st.caption(source(report, "What the usual strategy does once so many likes are known."))


def choose_other(report: Report, metric: str) -> str:
    """The strategy to hold against the default."""
    others = [name for name in figures.figures(report, metric).index if name != DEFAULT]
    if st.session_state.get("metrics_other") not in others:
        st.session_state["metrics_other"] = next(iter({*others} & {"popularity"}), others[0])
    return str(
        st.selectbox(
            f"{figures.USUAL}, against",
            others,
            key="metrics_other",
            format_func=figures.called,
            width=360,
            persist_state="session",
        )
    )


def show_slices(report: Report, metric: str) -> None:
    """For whom, and for which items: the default and another in parts of the whole."""
    kinds = figures.slice_kinds(report, metric)
    if not kinds:
        st.info(f"This report has no slices by {escape(figures.label(metric))}.")
        return
    if st.session_state.get("metrics_sliced") not in kinds:
        st.session_state["metrics_sliced"] = kinds[0]
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        other = choose_other(report, metric)
    with right:
        kind = st.segmented_control(
            "In slices by", kinds, key="metrics_sliced", format_func=figures.SLICES.__getitem__,
            required=True, persist_state="session",
        )  # fmt: skip
    label, number = figures.label(metric), st.column_config.NumberColumn
    parts = figures.slices(report, str(kind), metric, [DEFAULT, other])
    parts["strategy"] = parts["strategy"].map(figures.called)
    pair = [figures.called(DEFAULT), figures.called(other)]
    means = parts.pivot_table("mean", ["slice", "n"], "strategy", sort=False).dropna()
    means["difference"] = means[pair[0]] - means[pair[1]]
    title = "Nothing is known of both in any slice"
    if len(means):
        best, least = means["difference"].idxmax(), means["difference"].idxmin()
        title = (
            f"{pair[0]} leads “{pair[1]}” most for {best[0]}"
            f" ({figures.signed(means['difference'][best])}), least for {least[0]}"
            f" ({figures.signed(means['difference'][least])})"
        )
    st.markdown(f"**{escape(title)}**")
    left, right = st.columns(2, gap="medium")
    with left:
        figure = metrics_charts.slices(parts, pair, label)
        st.plotly_chart(figure, key="metrics_chart_slices", config=PLAIN, alt=title)
    with right:
        st.dataframe(
            means.reset_index("n", drop=True).reset_index(),
            hide_index=True,
            column_config={
                "slice": "Slice",
                **{name: number(name, format="%.3f", width="small") for name in pair},
                "difference": number("Difference", format="%+.3f", width="small"),
            },
            alt=title,
        )
    items = (
        "Only the items of a slice count as liked there." if kind in ("likes", "category") else ""
    )
    st.caption(source(report, items))


def show_people(report: Report, metric: str, names: pd.Series) -> None:
    """Who gains and who loses by the default; ``names`` are those of users who have one."""
    other = choose_other(report, metric)
    table = figures.gains(report, other, metric)
    if table.empty:
        st.info("Nobody is measured in both.")
        return
    table = table.rename(index=names.to_dict())
    up, down = int((table["gain"] > 0).sum()), int((table["gain"] < 0).sum())
    title = (
        f"Against “{figures.called(other)}”, {up:,} of {len(table):,} gain by “{figures.USUAL}”"
        f" and {down:,} lose"
    )
    st.markdown(f"**{escape(title)}**")
    figure = metrics_charts.gains(table, figures.label(metric), report.who)
    st.plotly_chart(figure, key="metrics_chart_gains", config=PLAIN, alt=title)
    left, right = st.columns(2, gap="large")
    for column, part, heading in (
        (left, table[table["gain"] > 0].head(MOST_LISTED), "gain most"),
        (right, table[table["gain"] < 0][::-1].head(MOST_LISTED), "lose most"),
    ):
        with column:
            st.markdown(f"**Who {heading}s**" if part.empty else f"**These {heading}**")
            if part.empty:
                st.caption("Nobody.")
                continue
            st.dataframe(
                part.reset_index(names="user"),
                hide_index=True,
                column_config={
                    "user": "Who",
                    "usual": st.column_config.NumberColumn(figures.USUAL, format="%.3f"),
                    "other": st.column_config.NumberColumn(figures.called(other), format="%.3f"),
                    "gain": st.column_config.NumberColumn("Difference", format="%+.3f"),
                },
                alt=f"Those who {heading}",
            )
    st.caption(source(report, f"{figures.label(metric)} of each, one by one."))


def show_two_runs(found: list[Report], report: Report, metric: str) -> None:
    """The same strategies in this run and in another."""
    others = {
        other.name: other
        for other in found
        if other.name != report.name
        and other.body["protocol"] == report.body["protocol"]
        and metric in figures.measured(other)
    }
    if not others:
        st.info(
            f"It takes a second report of the same kind by {escape(figures.label(metric))}: measure"
            " again, after a change say.",
            title="Nothing to compare with yet",
            icon=":material/compare:",
        )
        return
    if st.session_state.get("metrics_second") not in others:
        st.session_state["metrics_second"] = next(iter(others))
    second = others[
        st.selectbox(
            "This report, against",
            list(others),
            key="metrics_second",
            format_func=lambda name: others[name].title,
            persist_state="session",
        )
    ]
    names = [f"{run.name} {run.made}" for run in (second, report)]
    table = _two_runs(names, metric, second, report)
    own, same = table.loc[DEFAULT], figures.same_users(second, report)
    title = (
        f"{figures.USUAL} has {own['second']:.3f} here and {own['first']:.3f} there"
        if not own.isna()["difference"]
        else "The usual is unknown in one of them"
    )
    st.markdown(f"**{escape(title)}**")
    number = st.column_config.NumberColumn
    st.dataframe(
        table.rename(index=figures.called).reset_index(names="strategy"),
        hide_index=True,
        column_order=[
            *("strategy", "second", "first", "difference"),
            *(("low", "high", "p") if same else ()),
        ],
        column_config={
            "strategy": "Strategy",
            "second": number("This report", format="%.3f"),
            "first": number("The other", format="%.3f"),
            "difference": number("Difference", format="%+.3f"),
            "low": number("from", format="%+.3f", help="95 % bootstrap interval of the difference"),
            "high": number("to", format="%+.3f", help="95 % bootstrap interval of the difference"),
            "p": number("p (Holm)", format="%.3f"),
        },
        alt=title,
    )
    st.caption(
        "Both measured the same people: intervals and p are of their paired differences."
        if same
        else "They measured other people: nothing here says how sure the differences are."
    )
    st.caption(source(report, "This report:"))
    st.caption(source(second, "The other:"))


@st.cache_data(max_entries=32, show_spinner="Comparing")
def _two_runs(names: list[str], metric: str, _first: Report, _second: Report) -> pd.DataFrame:
    return figures.two_runs(_first, _second, metric)
