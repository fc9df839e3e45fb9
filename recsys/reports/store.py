"""Reports on disk: those that came with the code, and those of this machine.

A file that is no whole report is named and left out: nothing of it is shown.
"""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from recsys import folders
from recsys.disk import full_disk_told
from recsys.errors import DataError
from recsys.reports.names import DEFAULT

BUNDLED = folders.bundled() / "reports"
FOLDER = ".reports"
"""Of this machine's reports, beside the workspaces; no workspace can be called that."""

KINDS: dict[str, type] = {
    "protocol": str, "workspace": str, "n": int, "metrics": list, "users": list,
    "strategies": list, "paired": dict, "notes": list, "machine": str, "made": str,
}  # fmt: skip
"""What every report has, and as what; there is more in it that nothing here asks for."""

WORDS = ("title", "people")
"""What a visitor calls the protocol, and who was measured; reports of old versions lack both."""

PEOPLE = "people"
"""Who was measured where a report does not say."""


@dataclass(frozen=True, eq=False)
class Report:
    """A whole report; ``here`` is whether this machine measured it."""

    name: str
    here: bool
    body: Mapping[str, Any]

    @property
    def workspace(self) -> str:
        return str(self.body["workspace"])

    @property
    def n(self) -> int:
        return int(self.body["n"])

    @property
    def who(self) -> str:
        """Who was measured, in the plural."""
        return str(self.body.get("people", PEOPLE))

    @property
    def protocol(self) -> str:
        """What a visitor calls the protocol."""
        name = str(self.body["protocol"]).replace("-", " ").capitalize()
        return str(self.body.get("title", name))

    @property
    def metrics(self) -> list[str]:
        """The metrics that decide, the first one first."""
        return list(self.body["metrics"])

    @property
    def made(self) -> datetime:
        return datetime.fromisoformat(self.body["made"]).astimezone(UTC)

    @property
    def source(self) -> str:
        return "measured on this machine" if self.here else "measured elsewhere"

    @property
    def simulated(self) -> bool:
        """Whether those who were measured are invented."""
        return bool(self.body["protocol"] == "personas")

    @property
    def seconds(self) -> float | None:
        """How long it took, where the report says so."""
        found = self.body.get("seconds")
        return None if found is None else float(found)

    @property
    def title(self) -> str:
        """Protocol, workspace, source and time (UTC)."""
        when = f"{self.made:%-d %b %Y, %H:%M:%S}"
        return f"{self.protocol} · {self.workspace} · {self.source} · {when}"

    @property
    def lines(self) -> dict[str, Mapping[str, Any]]:
        """What is said of each strategy, by its name."""
        return {line["name"]: line for line in self.body["strategies"]}

    def values(self, name: str, metric: str) -> np.ndarray:
        """(users,) the metric of a strategy for each user; NaN where it is unknown."""
        return np.array(self.lines[name]["per_user"][metric], dtype=float)


def find(workspace: str) -> tuple[list[Report], list[str]]:
    """Reports to show with a workspace open, and a line on each file that is none.

    Those of the workspace come first; then those of this machine, the newest first; what came with
    the code by protocol. Of other workspaces there is only what came with the code.
    """
    found: dict[str, Report] = {}
    faults = []
    for folder, here in ((BUNDLED, False), (folders.workspaces() / FOLDER, True)):
        for path in sorted(folder.glob("*.json")):
            try:
                report = Report(path.stem, here, read(path))
            except DataError as error:
                faults.append(str(error))
                continue
            if report.workspace == workspace or not here:
                found[report.name] = report
    # Every sort keeps the order of the one before where it has no opinion.
    by_time = sorted(found.values(), key=lambda report: report.made, reverse=True)
    # New users and new items stand before dialogues: it happens to be the alphabet backwards. What
    # was measured on invented people comes last.
    by_protocol = sorted(by_time, key=_bundled_protocol, reverse=True)
    by_place = sorted(by_protocol, key=lambda report: not report.here)
    return sorted(by_place, key=lambda report: report.workspace != workspace), faults


def _bundled_protocol(report: Report) -> tuple[bool, str]:
    return (True, "") if report.here else (not report.simulated, str(report.body["protocol"]))


def read(path: Path) -> Mapping[str, Any]:
    """The report in a file; raises DataError where it holds anything else."""
    try:
        stand = path.stat()
        return _read(path, stand.st_mtime_ns, stand.st_size)
    except OSError as error:
        raise DataError(f"{path.name} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path.name} is no whole report and is left out: {error}.") from error


@lru_cache(maxsize=64)
def _read(path: Path, changed: int, size: int) -> Mapping[str, Any]:
    body = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number)
    _check(body)
    return body


def write(report: Mapping[str, Any], path: Path) -> None:
    """Writes the whole report, or nothing; raises DataError where that is not possible."""
    working = path.with_name(f".{path.name}.writing")
    try:
        with full_disk_told(path.parent, "the report was not kept"):
            working.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
            os.replace(working, path)
    except OSError as error:
        raise DataError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        working.unlink(missing_ok=True)


def save(body: Mapping[str, Any]) -> str:
    """Keeps a report among those of this machine; returns its name.

    Raises DataError where it cannot be written or is not whole.
    """
    try:
        _check(body)
    except ValueError as error:
        raise DataError(f"The report is not whole and is not kept: {error}.") from error
    folder = folders.workspaces() / FOLDER
    made = datetime.fromisoformat(body["made"])
    name = f"{body['workspace']}-{body['protocol']}-{made:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    try:
        with full_disk_told(folder, "the report was not kept"):
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(f"{folder} cannot be made: {error.strerror}.") from error
    write(body, folder / f"{name}.json")
    return name


def as_json(report: Report) -> str:
    """The whole report, as its file holds it."""
    return json.dumps(report.body, ensure_ascii=False)


def _no_number(said: str) -> float:
    raise ValueError(f"{said} is no number in JSON")


def _check(body: Any) -> None:
    """Raises ValueError, with the place, where anything that can be asked of a report is wrong."""
    _need(isinstance(body, dict), "it is no JSON object")
    for key, kind in KINDS.items():
        _need(isinstance(body.get(key), kind), f"{key!r} is missing, or no {kind.__name__}")
    for key in WORDS:
        _need(isinstance(body.get(key, ""), str), f"{key!r} is no text")
    _need(_is_number(body.get("seconds")), "'seconds' is no number")
    _need(datetime.fromisoformat(body["made"]).tzinfo is not None, "'made' has no time zone")
    _need(0 < body["n"] == len(body["users"]), "'n' is not the number of its users")
    _need(_texts(body["users"]) and len(set(body["users"])) == body["n"], "'users' are not names")
    _need(_texts(body["notes"]), "'notes' are not texts")
    _need(_texts(body["metrics"]) and len(body["metrics"]) > 0, "'metrics' names none")
    strategies = body["strategies"]
    for line in strategies:
        _need(isinstance(line, dict) and isinstance(line.get("name"), str), "a strategy is unnamed")
        _check_line(line, body)
    names = [line["name"] for line in strategies]
    _need(len(set(names)) == len(names), "two strategies have one name")
    _need(DEFAULT in names, f"the strategy {DEFAULT!r} is missing")
    measured = {tuple(line["per_user"]) for line in strategies}
    _need(len(measured) == 1, "its strategies have different metrics")
    for metric in body["metrics"]:
        _need(metric in next(iter(measured)), f"nothing is measured by {metric!r}")
        pairs = body["paired"].get(metric)
        _need(isinstance(pairs, list), f"nothing is compared by {metric!r}")
        for pair in pairs:
            whole = (
                isinstance(pair, dict)
                and pair.get("name") in names
                and _is_figure(pair)
                and all(_is_number(pair.get(p, "")) for p in ("p", "p_holm"))
            )
            _need(whole, f"a comparison by {metric!r} is not whole")


def _check_line(line: Mapping[str, Any], body: Mapping[str, Any]) -> None:
    where = f"in the strategy {line['name']!r} "
    _need(isinstance(line.get("text"), bool), f"{where}'text' is neither true nor false")
    likes = line.get("likes", "")
    _need(likes is None or (type(likes) is int and likes >= 0), f"{where}'likes' is no count")
    _need(isinstance(line.get("per_user"), dict), f"{where}'per_user' is missing")
    for metric, values in line["per_user"].items():
        whole = isinstance(values, list) and all(map(_is_number, values))
        _need(whole and len(values) == body["n"], f"{where}{metric!r} has not one value a user")
        _need(_is_figure(line.get(metric)), f"{where}{metric!r} has no mean with an interval")
    slices, lists = line.get("slices"), line.get("lists", {})
    _need(isinstance(lists, dict), f"{where}'lists' is no object")
    kinds: list[Any] = list(slices.values()) if isinstance(slices, dict) else [slices]
    _need(all(isinstance(parts, list) for parts in kinds), f"{where}'slices' are no lists")
    for part in (part for parts in kinds for part in parts):
        whole = (
            isinstance(part, dict)
            and isinstance(part.get("name"), str)
            and type(part.get("n")) is int
            and all(_is_figure(part[metric]) for metric in body["metrics"] if metric in part)
        )
        _need(whole, f"{where}a slice is not whole")
    for metric, value in lists.items():
        _need(_is_number(value) or _is_figure(value), f"{where}{metric!r} is no figure")


def _need(whole: bool, fault: str) -> None:
    if not whole:
        raise ValueError(fault)


def _texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _is_number(value: Any) -> bool:
    return value is None or type(value) in (int, float)


def _is_figure(value: Any) -> bool:
    parts = ("mean", "low", "high")
    return isinstance(value, dict) and all(_is_number(value.get(part, "")) for part in parts)
