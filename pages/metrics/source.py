"""Where figures come from."""

from pages.shared.text import escape
from recsys.reports.store import Report


def source(report: Report, what: str = "") -> str:
    """Where figures come from: ``what`` is said first."""
    said = (
        f"{report.n:,} {report.who} of {report.workspace}; bars are 95 % bootstrap intervals over"
        f" them; {report.source}, {report.made:%-d %B %Y}."
    )
    return escape(f"{what} {said}".strip())
