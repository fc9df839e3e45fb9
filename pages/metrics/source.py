"""Where figures come from."""

from pages.shared.text import escape
from recsys.reports.store import Report

BARS = "Bars are 95 % bootstrap intervals."
"""Said under the charts whose bars are."""


def source(report: Report, what: str = "") -> str:
    """Where figures come from, as Markdown: ``what`` is said first."""
    said = f"{report.n:,} {report.who} of {report.workspace}; {report.source}, {when(report)}."
    return escape(f"{what} {said}".strip())


def when(report: Report) -> str:
    """The day of a report, in UTC."""
    return f"{report.made:%-d %B %Y}"
