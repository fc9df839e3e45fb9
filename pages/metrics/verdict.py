"""A report on the metrics page: chosen, made, judged in words, drawn and saved."""

import pandas as pd
import streamlit as st

from pages.metrics.source import source
from pages.shared import address, resources, strategies
from pages.shared.drawing import PLAIN
from pages.shared.text import escape
from recsys.charts import metrics as metrics_charts
from recsys.protocols.personas import personas
from recsys.reports import figures, learning_curve
from recsys.reports import store as reports
from recsys.reports.names import DEFAULT
from recsys.reports.store import Report
from recsys.reports.verdict import verdict
from recsys.store.workspace import Workspace


def choose(found: list[Report]) -> Report:
    """The report chosen, to begin with that of the address, or the first."""
    named = {report.name: report for report in found}
    state = st.session_state
    state.setdefault("metrics_report", address.text("report", ""))
    if state.get("metrics_report") not in named:
        state["metrics_report"] = found[0].name
    name = st.selectbox(
        "Report",
        list(named),
        key="metrics_report",
        format_func=lambda name: named[name].title,
        persist_state="session",
    )
    return named[name]


def choose_metric(report: Report) -> str:
    """One of the metrics that decide, to begin with that of the address, or the first."""
    st.session_state.setdefault("metrics_metric", address.text("metric", ""))
    if st.session_state.get("metrics_metric") not in report.metrics:
        st.session_state["metrics_metric"] = report.metrics[0]
    return str(
        st.segmented_control(
            "Measured by",
            report.metrics,
            key="metrics_metric",
            format_func=figures.label,
            required=True,
            help="  \n".join(
                f"**{figures.label(metric)}**: {figures.MEANING[metric.partition('@')[0]]}."
                for metric in report.metrics
            ),
            persist_state="session",
        )
    )


def show_missing(opened: Workspace, found: list[Report]) -> None:
    """Says so where nothing was measured on the open workspace, and how that is done."""
    if any(report.workspace == opened.name for report in found):
        return
    more = " What follows was measured elsewhere, on another catalogue." if found else ""
    how = (
        f"python -m recsys evaluate --help says how to measure {opened.name}."
        if opened.catalogue.personas.empty
        else "The button measures it in some seconds."
    )
    st.info(
        escape(f"{how}{more}"),
        title=f"Nothing was measured on {opened.name} yet",
        icon=":material/straighten:",
    )


def show_run(opened: Workspace) -> None:
    """A button that measures the open workspace now, where it has personas."""
    state = st.session_state
    if state.pop("metrics_measuring", False):
        st.warning(
            "The last measurement was interrupted: nothing of it was kept.",
            icon=":material/motion_photos_off:",
        )
    if opened.catalogue.personas.empty:
        return
    count = len(opened.catalogue.personas)
    asked = st.button(
        f"Measure {opened.name} now",
        icon=":material/speed:",
        help=f"Ranks what each of {count} invented people has judged, by their taste alone: a few"
        " seconds. The result is kept beside the workspaces of this machine.",
    )
    if asked:
        state["metrics_measuring"] = True
        state["metrics_report_made"] = _measure(opened)
        state["metrics_measuring"] = False
        st.rerun()


def take_measured() -> None:
    """Chooses the report that was just measured, if one was."""
    if made := st.session_state.pop("metrics_report_made", None):
        st.session_state["metrics_report"] = made
        st.toast("Measured and kept.", icon=":material/check_circle:")


def _measure(opened: Workspace) -> str:
    """Measures the workspace; returns the name of the report that was kept."""
    engine = resources.engine(opened)
    bar = st.progress(0.0, "Reading the tastes")

    def progress(done: int, total: int, what: str) -> None:
        last = "Working out how sure that is: some seconds more"
        said = f"{what.capitalize()}: {done} of {total}" if done < total else last
        bar.progress(0.9 * done / total, said)

    command = f"python -m recsys evaluate personas --workspace {opened.name}"
    return reports.save(personas(engine, progress) | {"command": command})


def show_verdict(report: Report, metric: str) -> None:
    """What was found, in words, and how sure that is."""
    with st.container(border=True, key="metrics_verdict"):
        st.markdown("**:material/balance: The verdict**")
        first, *others = map(escape, verdict(report, metric))
        st.markdown(f"**{first}**")
        for line in others:
            st.markdown(line)
        if said := learning_curve.worth_in_words(report, metric):
            st.markdown(f":material/touch_app: {escape(said)}")
        st.caption(
            escape(
                "In brackets: 95 % bootstrap interval. Clear is p < 0.05 by a paired randomisation"
                f" test over {report.n:,} {report.who}, corrected after Holm for several"
                " comparisons."
            )
        )
    for note in report.body["notes"]:
        st.caption(f":material/info: {escape(note)}")


def show_strategies(report: Report, metric: str) -> None:
    """Every strategy with its interval, the best on top."""
    table = figures.figures(report, metric).rename(index=figures.called)
    label = figures.label(metric)
    place = table.index.tolist().index(figures.called(DEFAULT)) + 1
    title = f"{figures.USUAL} is number {place} of {len(table)} by {label}"
    st.markdown(f"**{escape(title)}**")
    figure = metrics_charts.forest(table, _looks(report, metric), label)
    st.plotly_chart(figure, key="metrics_chart_forest", config=PLAIN, alt=title)
    st.caption(source(report))


def show_against(report: Report, metric: str) -> None:
    """Metric against metric; a click opens a strategy in Compare."""
    known = figures.measured(report)
    state = st.session_state
    first = next((m for m in known if m.startswith("diversity")), known[-1])
    for key, usual in (("metrics_across", first), ("metrics_up", metric)):
        if state.get(key) not in known:
            state[key] = usual
    drawn = st.container()
    left, right = st.columns(2)
    with left:
        across = st.selectbox(
            "Across",
            known,
            key="metrics_across",
            format_func=figures.label,
            persist_state="session",
        )
    with right:
        up = st.selectbox(
            "Up", known, key="metrics_up", format_func=figures.label, persist_state="session"
        )
    table = pd.concat(
        [figures.figures(report, metric).add_prefix(f"{axis}_")
         for axis, metric in (("x", across), ("y", up))],
        axis=1,
    ).rename(columns={"x_mean": "x", "y_mean": "y"})  # fmt: skip
    names = {figures.called(name): name for name in table.index}
    opens = [title for title, name in names.items() if figures.strategy_of(report, name)]
    labels = (figures.label(across), figures.label(up))
    title = f"{labels[1][:1].upper()}{labels[1][1:]} against {labels[0]}: a dot is a strategy"
    table = table.rename(index=figures.called)
    with drawn:
        st.markdown(f"**{escape(title)}**")
        st.plotly_chart(
            metrics_charts.against(table, _looks(report, metric), opens, labels),
            key="metrics_chart_against",
            on_select=_pick,
            selection_mode="points",
            config=PLAIN,
            alt=title,
        )
    st.selectbox(
        "Open a strategy in Compare",
        opens,
        index=None,
        key="metrics_to_compare",
        placeholder="Click a dot, or choose one here, to open it in Compare",
        label_visibility="collapsed",
        on_change=_ask,
    )
    st.caption(
        source(report, "Hollow dots are for measuring only and cannot be opened. Of dots close to"
               " each other, one is named.")
    )  # fmt: skip


def go_to_compare(report: Report) -> None:
    """Opens the strategy that was clicked, if any, in Compare."""
    asked = st.session_state.pop("metrics_asked", None)
    chosen = next((name for name in report.lines if figures.called(name) == asked), None)
    if chosen is None:
        return
    if strategy := figures.strategy_of(report, chosen):
        strategies.put(strategy)
        st.switch_page("pages/compare/page.py")
    st.toast(escape(f"“{asked}” is for measuring only: no setting of the app does that."))


def _pick() -> None:
    points = st.session_state["metrics_chart_against"]["selection"]["points"]
    if points and "customdata" in points[0]:
        st.session_state["metrics_asked"] = points[0]["customdata"][0]


def _ask() -> None:
    st.session_state["metrics_asked"] = st.session_state["metrics_to_compare"]
    st.session_state["metrics_to_compare"] = None


def _looks(report: Report, metric: str) -> dict[str, str]:
    """Shown name -> how the strategy stands to the default, a key of metrics_charts.LOOKS."""
    looks = figures.standing(report, metric).rename(figures.called).to_dict()
    return {**looks, figures.called(DEFAULT): metrics_charts.DEFAULT_LOOK}


def show_exports(report: Report) -> None:
    """How the report was made, and the report as files."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download CSV",
            figures.table(report).to_csv(index=False),
            file_name=f"{report.name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Download JSON",
            reports.as_json(report),
            file_name=f"{report.name}.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
    command = f" by “{report.body['command']}”" if "command" in report.body else ""
    st.caption(escape(f"The report was made{command}, on {report.body['machine']}."))
