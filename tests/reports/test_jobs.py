"""Measuring in the background: never twice at once, and what goes wrong is kept."""

from threading import Event

import pytest

from recsys.errors import DataError
from recsys.reports.jobs import Job, Jobs
from tests.reports.waiting import wait

KIND = ("demo", "personas")


def test_a_second_visitor_joins_the_measurement_that_runs():
    jobs, go = Jobs(), Event()

    def measure(progress):
        progress(1, 4, "asking")
        go.wait(10)
        return "made"

    def never(progress):
        pytest.fail("it was measured twice")

    first = jobs.start(KIND, measure)
    wait(lambda: first.done == 1)
    assert jobs.start(KIND, never) is first
    assert jobs.last(KIND) is first
    assert (first.running, first.total, first.what, first.report) == (True, 4, "asking", "")
    other = jobs.start(("games", "personas"), lambda progress: "others")
    wait(lambda: not other.running)
    go.set()
    wait(lambda: not first.running)
    assert (first.report, other.report) == ("made", "others")


def test_after_one_is_over_another_can_be_started():
    jobs = Jobs()
    first = jobs.start(KIND, lambda progress: "one")
    wait(lambda: not first.running)
    second = jobs.start(KIND, lambda progress: "two")
    wait(lambda: not second.running)
    assert first.number != second.number
    assert jobs.last(KIND).report == "two"
    assert jobs.last("nothing of the kind") is None


def test_what_went_wrong_is_said():
    def breaks(progress):
        raise DataError("The disk is full.")

    job = Jobs().start(KIND, breaks)
    wait(lambda: not job.running)
    assert (job.report, job.fault) == ("", "The disk is full.")


def test_what_nobody_expected_is_said_and_raised_where_the_log_is(monkeypatch):
    logged = []
    monkeypatch.setattr("threading.excepthook", logged.append)

    def breaks(progress):
        raise KeyError("x")

    job = Jobs().start(KIND, breaks)
    wait(lambda: bool(logged))
    assert logged[0].exc_type is KeyError
    assert "KeyError" in job.fault


def test_what_is_stopped_ends_where_it_next_tells_how_far_it_is():
    go, kept = Event(), []

    def work(progress):
        progress(1, 4, "asking")
        go.wait(10)
        progress(2, 4, "asking")
        kept.append("made")
        return "made"

    job = Jobs().start(KIND, work)
    wait(lambda: job.done == 1)
    job.stop()
    assert job.running
    go.set()
    wait(lambda: not job.running)
    assert (job.done, job.report, job.fault, kept) == (1, "", "It was stopped.", [])


def test_a_job_begins_with_nothing_done():
    assert Job(1).running
