"""Reports on disk, and what they say: a world of four people and five strategies."""

import copy
import json
import math

import numpy as np
import pytest

from recsys.datatypes import Strategy
from recsys.errors import DataError
from recsys.evaluation.report import compared
from recsys.metrics.statistics import interval
from recsys.reports import figures, learning_curve
from recsys.reports import store as reports
from recsys.reports.comparisons import BETTER, standing
from recsys.reports.store import write
from recsys.reports.verdict import verdict
from recsys.signals import signals

PEOPLE = ["ada", "bo", "cy", "di"]
VALUES = {
    "default": [0.8, 0.6, 0.4, 0.2],
    "concatenation": [0.8, 0.6, 0.4, 0.2],
    "content": [0.5, 0.5, 0.5, 0.5],
    "popularity": [0.4, 0.2, 0.0, 0.2],
    "random": [0.0, 0.0, 0.1, 0.3],
}
CURVE = {(0, False): 0.1, (1, False): 0.3, (5, False): 0.7, (1, True): 0.6, (5, True): 0.8}
"""(likes, text) -> what everybody gets; the text alone gives 0.5 on average."""


def figure(values):
    return interval(np.array(values, dtype=float))


def made(protocol="personas", workspace="demo", when="2026-03-01T10:00:00+00:00", values=VALUES):
    """The body of a report, by the formulas of the real ones."""
    rows = [(name, None, True, own) for name, own in values.items()]
    if protocol == "new-user":
        rows = [(name, 0, True, own) for name, own in values.items()]
        for (likes, text), mean in CURVE.items():
            named = f"default, {likes} like{'' if likes == 1 else 's'}{'' if text else ', no text'}"
            rows.append((named, likes, text, [mean] * 4))
    strategies = [
        {
            "name": name,
            "likes": likes,
            "text": text,
            "ndcg@10": figure(own),
            "per_user": {"ndcg@10": own},
            "slices": {
                "words": [
                    {"name": "up to 9 words", "n": 3, "ndcg@10": figure(own[:3])},
                    {"name": "more than 9 words", "n": 1, "ndcg@10": figure(own[3:])},
                ],
                "category": [{"name": "Drama", "n": 4, "ndcg@10": figure(own)}],
            },
            "lists": {"overlap@10": 0.25, "diversity@10": figure(own[::-1])},
        }
        for name, likes, text, own in rows
    ]
    columns = {name: {"ndcg@10": np.array(own)} for name, _, _, own in rows}
    pairs = [line | {"p_holm": float(line["p_holm"])} for line in compared(columns, "ndcg@10")]
    return {
        "protocol": protocol,
        "title": {"personas": "Personas"}.get(protocol, "A protocol"),
        "people": "invented people",
        "workspace": workspace,
        "n": 4,
        "metrics": ["ndcg@10"],
        "users": PEOPLE,
        "strategies": strategies,
        "paired": {"ndcg@10": pairs},
        "notes": ["1 thing is left out."],
        "machine": "paper",
        "made": when,
        "command": f"python -m recsys evaluate {protocol}",
    }


def report(**about) -> reports.Report:
    return reports.Report("made", True, made(**about))


def sure(body, name, **pair):
    """The body with other figures in the comparison with ``name``."""
    for line in body["paired"]["ndcg@10"]:
        if line["name"] == name:
            line.update(pair)
    return reports.Report("made", True, body)


@pytest.fixture
def bundled(tmp_path, monkeypatch):
    folder = tmp_path / "bundled"
    folder.mkdir()
    monkeypatch.setattr(reports, "BUNDLED", folder)
    return folder


def test_those_of_the_workspace_come_first_and_of_others_only_what_came_with_the_code(bundled):
    write(made("new-user", "movielens"), bundled / "new-user-movielens.json")
    later = made("dialogues", "movielens", when="2026-04-01T10:00:00+00:00")
    write(later, bundled / "dialogues-movielens.json")
    old = reports.save(made())
    new = reports.save(made(when="2026-03-01T12:30:00+01:00"))  # 11:30 UTC
    reports.save(made(workspace="games"))
    found, faults = reports.find("demo")
    elsewhere = ["new-user-movielens", "dialogues-movielens"]
    assert [each.name for each in found] == [new, old, *elsewhere]
    assert [each.here for each in found] == [True, True, False, False]
    assert faults == []
    assert new.startswith("demo-personas-20260301-123000-")
    assert found[0].title == "Personas · demo · measured on this machine · 1 Mar 2026, 11:30:00"
    assert "measured elsewhere" in found[2].title
    assert json.loads(reports.as_json(found[1])) == made()


def test_a_report_of_an_old_version_has_the_name_of_its_protocol():
    body = made("new-user")
    del body["title"], body["people"]
    old = reports.Report("old", False, body)
    assert old.title.startswith("New user · demo · measured elsewhere")
    assert old.who == "people"


def test_the_reports_that_come_with_the_code_say_what_they_measured():
    found, faults = reports.find("movielens")
    assert faults == []
    assert [each.title.partition(" · ")[0] for each in found] == [
        "New users, from text", "New items", "Real dialogues", "Conversations",
        "Personas", "Personas",
    ]  # fmt: skip
    assert [each.who for each in found[:4]] == ["people", "people", "dialogues", "people"]
    assert [each.simulated for each in found] == [False] * 4 + [True] * 2
    assert any("simulated" in note for note in found[3].body["notes"])


@pytest.mark.parametrize("world", ["demo", "games"])
def test_a_bundled_world_brings_its_own_report(world):
    own, *others = reports.find(world)[0]
    assert own.workspace == world
    assert own.body["command"] == f"python -m recsys evaluate personas --workspace {world}"
    assert own.seconds > 0
    assert not any(each.workspace == world for each in others)


def test_a_folder_that_is_not_there_holds_no_reports(bundled):
    assert reports.find("demo") == ([], [])


def test_what_is_half_written_is_named_and_left_out(bundled, root):
    name = reports.save(made())
    folder = root / reports.FOLDER
    whole = (folder / f"{name}.json").read_text()
    (folder / "half.json").write_text(whole[: len(whole) // 2])
    (folder / ".next.json.writing").write_text(whole)
    (folder / "bytes.json").write_bytes(b"\xff\xfe\x00")
    (folder / "folder.json").mkdir()
    found, faults = reports.find("demo")
    assert [each.name for each in found] == [name]
    assert [fault.split()[0] for fault in faults] == ["bytes.json", "folder.json", "half.json"]
    assert all("\n" not in fault for fault in faults)


def spoiled(path, value):
    """A body with one thing changed, or taken away where the value is None."""
    body = copy.deepcopy(made())
    place = body
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return body


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["users"], None, "'users' is missing"),
        (["users"], ["ada", "ada", "bo", "cy"], "'users' are not names"),
        (["n"], 5, "'n' is not the number"),
        (["n"], 0, "'n' is not the number"),
        (["title"], 5, "'title' is no text"),
        (["people"], [], "'people' is no text"),
        (["made"], "yesterday", "yesterday"),
        (["made"], "2026-03-01T10:00:00", "no time zone"),
        (["metrics"], [], "'metrics' names none"),
        (["metrics"], ["map@3"], "nothing is measured by 'map@3'"),
        (["notes"], [1], "'notes'"),
        (["seconds"], "long", "'seconds' is no number"),
        (["strategies", 0], 7, "a strategy is unnamed"),
        (["strategies", 0, "name"], "other", "'default' is missing"),
        (["strategies", 1, "name"], "default", "two strategies have one name"),
        (["strategies", 1, "text"], "yes", "'text'"),
        (["strategies", 1, "likes"], -1, "'likes'"),
        (["strategies", 1, "ndcg@10"], None, "no mean"),
        (["strategies", 1, "ndcg@10", "low"], "low", "no mean"),
        (["strategies", 1, "per_user"], [], "'per_user' is missing"),
        (["strategies", 1, "per_user"], {}, "different metrics"),
        (["strategies", 1, "per_user", "ndcg@10"], [1.0], "not one value a user"),
        (["strategies", 1, "per_user", "ndcg@10", 0], "1", "not one value a user"),
        (["strategies", 1, "slices"], None, "'slices'"),
        (["strategies", 1, "slices", "words"], 3, "'slices'"),
        (["strategies", 1, "slices", "words", 0, "n"], None, "a slice"),
        (["strategies", 1, "lists"], [], "'lists'"),
        (["strategies", 1, "lists", "overlap@10"], "none", "'overlap@10' is no figure"),
        (["paired", "ndcg@10"], None, "nothing is compared"),
        (["paired", "ndcg@10", 0, "name"], "magic", "a comparison"),
        (["paired", "ndcg@10", 0, "p_holm"], None, "a comparison"),
    ],
)
def test_what_lacks_a_piece_is_no_report(bundled, path, value, said):
    body = spoiled(path, value)
    (bundled / "new.json").write_text(json.dumps(body))
    found, faults = reports.find("demo")
    assert found == []
    assert len(faults) == 1
    assert faults[0].startswith("new.json is no whole report")
    assert said in faults[0]
    with pytest.raises(DataError, match="not whole"):
        reports.save(body)


def test_a_number_that_json_does_not_know_is_no_report(bundled):
    (bundled / "new.json").write_text(json.dumps(spoiled(["machine"], float("nan"))))
    assert "NaN" in reports.find("demo")[1][0]
    (bundled / "new.json").write_text("[" * 100_000)
    assert len(reports.find("demo")[1]) == 1
    (bundled / "new.json").write_text("[]")
    assert "no JSON object" in reports.find("demo")[1][0]


def test_a_file_that_changed_is_read_again(bundled):
    path = bundled / "new.json"
    write(made(), path)
    assert reports.find("demo")[0][0].body["machine"] == "paper"
    write(made() | {"machine": "a larger sheet of paper"}, path)
    assert reports.find("demo")[0][0].body["machine"] == "a larger sheet of paper"


def test_where_nothing_can_be_written_it_says_so(root):
    root.parent.mkdir(exist_ok=True)
    root.write_text("a file where the folder should be")
    with pytest.raises(DataError, match="cannot be made"):
        reports.save(made())


def test_figures_are_sorted_and_leave_the_learning_curve_out():
    table = figures.figures(report(protocol="new-user"), "ndcg@10")
    assert table["mean"].round(6).to_dict() == {
        "default": 0.5, "content": 0.5, "popularity": 0.2, "random": 0.1,
    }  # fmt: skip
    assert table.index.tolist()[2:] == ["popularity", "random"]
    assert (table.loc["content", ["low", "high"]] == 0.5).all()
    flat = figures.figures(report(), "overlap@10")
    assert (flat["mean"] == 0.25).all()
    assert flat["low"].isna().all()
    assert figures.measured(report()) == ["ndcg@10", "overlap@10", "diversity@10"]


def test_names_are_those_of_the_other_pages():
    assert figures.called("default") == "The usual"
    assert figures.called("default without popularity") == "The usual without popularity"
    assert figures.called("content") == "Meaning only (cosine)"
    assert figures.called("reciprocal_rank") == "Places, not scores"
    assert figures.called("plain cosine") == "Plain cosine"


def test_a_strategy_of_a_report_is_a_setting_of_the_app_or_none():
    assert figures.strategy_of(report(), "default") == Strategy("The usual")
    assert figures.strategy_of(report(), "cascade") == Strategy("Shortlist first", "cascade")
    alone = figures.strategy_of(report(), "graph")
    assert alone.weights == {name: float(name == "graph") for name in signals()}
    assert figures.strategy_of(report(), "default without popularity").weights == {
        "popularity": 0.0
    }
    for name in ("random", "plain cosine", "default, 3 likes", "my own"):
        assert figures.strategy_of(report(), name) is None
    new_items = report(protocol="new-item")
    assert figures.strategy_of(new_items, "default") is None
    assert figures.strategy_of(new_items, "cascade") == Strategy("Shortlist first", "cascade")


def test_the_verdict_says_who_is_beaten_by_how_much_and_how_sure():
    # default - popularity: .4, .4, .4, 0; of 16 flips, 4 are as far: p = .25, not clear.
    said = verdict(report(), "ndcg@10")
    assert said[0] == (
        "“The usual” (the default) reaches 0.500 [0.300, 0.700] NDCG@10 over 4 invented people."
    )
    assert "does not clearly differ from “Meaning only (cosine)” (0.000" in said[1].replace("+", "")
    assert "“Popularity only” (+0.300 [" in said[2]
    assert "p = 0.250 by itself" in said[2]
    assert said[3] == (
        "“One long vector” did here exactly what the usual did: one line stands for all."
    )
    clear = {"mean": -0.3, "low": -0.4, "high": -0.1, "p_holm": 0.0004}
    said = verdict(sure(made(), "popularity", **clear), "ndcg@10")
    assert said[1] == (
        "It beats 1 of 3 others: “Popularity only” by 0.300 [0.100, 0.400] (p < 0.001, Holm)."
    )
    body = sure(made(), "popularity", **clear).body
    body = sure(body, "random", **clear | {"mean": -0.5}).body
    body = sure(body, "content", **clear | {"mean": -0.2, "p_holm": 0.031}).body
    said = verdict(sure(body, "content"), "ndcg@10")
    assert "“Popularity only” by 0.300" in said[1]
    assert "and “Meaning only (cosine)” by 0.200 [0.100, 0.400] (p = 0.031, Holm)." in said[1]
    assert said[1].endswith("It also beats “Random”.")


def test_the_verdict_says_where_the_default_is_beaten_or_nothing_is_known():
    found = sure(made(), "content", mean=0.1, low=0.05, high=0.2, p_holm=0.01)
    assert "It is beaten by “Meaning only (cosine)” by 0.100 [0.050, 0.200] (p = 0.010, Holm)." in (
        verdict(found, "ndcg@10")
    )
    assert standing(found, "ndcg@10")["content"] == BETTER
    unknown = made()
    unknown["strategies"][0]["ndcg@10"] = dict.fromkeys(("mean", "low", "high"))
    said = verdict(reports.Report("x", True, unknown), "ndcg@10")
    assert said == ["NDCG@10 could not be measured for anybody."]
    blank = sure(made(), "random", mean=None, low=None, high=None, p=None, p_holm=None)
    assert "random" not in standing(blank, "ndcg@10")


def test_a_text_is_worth_so_many_likes():
    # Likes alone give .1, .3 and .7 at 0, 1 and 5; the text alone .5, halfway from 1 to 5.
    run = report(protocol="new-user")
    curve = learning_curve.curve(run, "ndcg@10")
    assert curve["likes"].tolist() == [0, 1, 5, 0, 1, 5]
    assert curve["text"].tolist() == [False] * 3 + [True] * 3
    assert curve["mean"].round(6).tolist() == [0.1, 0.3, 0.7, 0.5, 0.6, 0.8]
    value, low, high = learning_curve.worth(run, "ndcg@10")
    assert value == pytest.approx(3)
    # The text alone is .3 to .7 in the bootstrap; the curve is the same for everybody.
    assert low == pytest.approx(1, abs=0.01)
    assert high == pytest.approx(5, abs=0.01)
    assert learning_curve.worth_in_words(run, "ndcg@10").startswith(
        "What people typed is worth about 3.0 likes ["
    )
    assert learning_curve.worth(report(), "ndcg@10") is None
    assert learning_curve.curve(report(), "ndcg@10").empty
    assert learning_curve.worth_in_words(report(), "ndcg@10") == ""


@pytest.mark.parametrize(("text", "said"), [(0.9, "more than 5 likes"), (0.05, "adds nothing")])
def test_a_text_may_be_worth_more_than_was_tried_or_nothing(text, said):
    run = report(protocol="new-user", values={**VALUES, "default": [text] * 4})
    assert said in learning_curve.worth_in_words(run, "ndcg@10")


def test_where_a_curve_reaches_its_level():
    likes = np.array([0.0, 2, 4])
    curves = np.array([[0.1, 0.1, 0.5], [0.3, 0.3, 0.2], [0.3, 0.3, 0.9]])
    found = learning_curve.crossing(likes, curves, np.array([0.2, 0.4, 0.4]))
    assert found.tolist() == pytest.approx([1, math.inf, 0])


def test_the_table_has_every_figure():
    assert figures.slice_kinds(report(), "ndcg@10") == ["words"]  # one slice tells nothing
    table = figures.table(report())
    assert len(table) == 5 * 3
    line = table[(table["strategy"] == "content") & (table["metric"] == "ndcg@10")].iloc[0]
    assert (line["mean"], line["low"], line["n"], line["machine"]) == (0.5, 0.5, 4, "paper")
