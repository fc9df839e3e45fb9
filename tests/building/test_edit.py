"""Editing the graph: whole or not at all, told where it cannot be, and undone without a trace."""

import shutil
import signal

import pandas as pd
import pytest

from recsys.building import edit
from recsys.building.build import build
from recsys.building.edit import Fault, faults
from recsys.building.publish import publish, withdraw
from recsys.datatypes import NewItem, Query
from recsys.errors import QueryError
from recsys.ranking.engine import Engine
from recsys.store import browse, edited
from recsys.store.workspace import Workspace
from tests.building.editors import add_one_that_dies_at
from tests.building.test_publish import PROCESSES, TRIPLES, told
from tests.worlds import FakeEncoder

ADA = ("mare", "directed_by", "Ada Vale")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The world of eight items, of which Ada Vale directed two, built once."""
    home = tmp_path_factory.mktemp("edit")
    build("small", told(), FakeEncoder(), home=home).close()
    return home


@pytest.fixture
def world(folder, root) -> Workspace:
    shutil.copytree(folder, root)
    return Workspace.open("small")


def facts(workspace=None) -> set:
    workspace = workspace or Workspace.open("small")
    return set(workspace.catalogue.triples.itertuples(index=False, name=None))


BEFORE = set(TRIPLES.itertuples(index=False, name=None))


def log():
    return edited.log(Workspace.open("small").catalogue)["what"].tolist()


def test_a_fact_is_added_and_rankings_follow(world):
    edit.add(world, [ADA])
    now = Workspace.open("small")
    assert facts(now) == BEFORE | {ADA}
    assert facts(world) == BEFORE  # whoever has it open keeps it
    assert log() == ["added The Grey Mare: director Ada Vale"]
    assert browse.counts(now.catalogue).triples == len(BEFORE) + 1
    mare, star = now.catalogue.rows(["mare", "star"])
    engines = [Engine(each, FakeEncoder()) for each in (world, now)]
    before, after = (e.recommend(Query("a film by Ada Vale", k=8)).scores["graph"] for e in engines)
    assert after[mare] > before[mare]
    assert mare not in world.graph.neighbours(star)
    assert mare in now.graph.neighbours(star)
    words = [e.recommend(Query("Vale", k=8)).scores["lexical"] for e in engines]
    assert words[1][mare] > words[0][mare]  # what was kept of the words was made again


def test_facts_are_taken_out_and_put_back(world):
    gone = [("star", "directed_by", "Ada Vale"), ("orbit", "directed_by", "Ada Vale")]
    edit.remove(world, gone)
    assert facts() == BEFORE - {*gone}
    assert "Ada Vale" not in set(Workspace.open("small").graph.nodes["name"])
    edit.add(world, gone[:1])
    assert facts() == BEFORE - {gone[1]}
    assert log() == ["took out 2 facts", "added Star Harbour: director Ada Vale"]


def test_two_spellings_become_one(world):
    edit.add(world, [("mare", "directed_by", "A. Vale"), ("star", "written_by", "A. Vale")])
    edit.add(world, [("tin", "has_theme", "A. Vale")])  # of another kind
    edit.merge(world, "person", ["A. Vale", "Ada Vale"], "Ada Vale")
    assert facts() == BEFORE | {
        ADA,
        ("star", "written_by", "Ada Vale"),
        ("tin", "has_theme", "A. Vale"),
    }
    assert log()[-1] == "merged A. Vale into Ada Vale"
    edit.merge(world, "person", ["Ada Vale"], "Ada Vale-Cox")
    assert ("star", "directed_by", "Ada Vale-Cox") in facts()


def test_merging_what_both_have_leaves_one(world):
    edit.add(world, [("star", "directed_by", "A. Vale")])
    edit.merge(world, "person", ["A. Vale"], "Ada Vale")
    assert facts() == BEFORE


def test_a_relation_gets_another_name(world):
    edit.rename_relation(world, "directed_by", "made_by")
    assert facts() == {
        (head, "made_by" if relation == "directed_by" else relation, tail)
        for head, relation, tail in BEFORE
    }
    assert log() == ["renamed directed_by to made_by"]


def test_undo_goes_back_step_by_step_without_a_trace(world):
    edit.add(world, [ADA])
    edit.rename_relation(world, "directed_by", "made_by")
    edit.remove(world, [("mare", "made_by", "Ada Vale")])
    assert edit.undo(world) == "took out The Grey Mare: maker Ada Vale"
    assert edit.undo(world) == "renamed directed_by to made_by"
    assert facts() == BEFORE | {ADA}
    assert edit.undo(world) == "added The Grey Mare: director Ada Vale"
    now = Workspace.open("small")
    pd.testing.assert_frame_equal(now.catalogue.triples, world.catalogue.triples)
    with pytest.raises(QueryError, match="nothing to undo"):
        edit.undo(world)


@pytest.mark.parametrize(
    ("triple", "reason"),
    [
        (("sun", "has_theme", "solitude"), "There is no item 'sun'"),
        (("star", "has theme", "solitude"), "'has theme' is no relation"),
        (("star", "has_theme", " "), "A name needs 1 to 200 letters"),
        (("star", "has_theme", "a\x00b"), "A name needs"),
        (("star", "follows", "star"), "'star' cannot be tied to itself"),
        (("star", "has_theme", "solitude"), "That theme of 'star' is known already: 'solitude'"),
        (("star", "follows", "Tin Heart"), "There is no item 'Tin Heart' .*which follows needs"),
        (("star", "from_decade", "1980s"), "'star' is of '1970s' already, .*cannot be of '1980s'"),
        (("moon", "from_decade", "long ago"), "'long ago' is no decade"),
    ],
)
def test_what_speaks_against_a_fact_is_said_in_one_line(world, triple, reason):
    (fault,) = faults(world.catalogue, [ADA, triple])
    assert fault.place == 1
    with pytest.raises(QueryError, match=reason):
        edit.add(world, [ADA, triple])
    assert facts() == BEFORE  # nothing of it


def test_facts_are_held_against_those_before_them(world):
    given = [
        ("star", "follows", "tin"),
        ("tin", "follows", "star"),
        ("moon", "from_decade", "1980s"),
        ("moon", "from_decade", "1990s"),
        ("star", "follows", "tin"),
    ]
    found = faults(world.catalogue, given)
    assert found == [
        Fault(1, "It is the other way round: 'star' follows 'tin'."),
        Fault(3, "'moon' is of '1980s' already, and cannot be of '1990s', too."),
        Fault(4, "That follows of 'star' is known already: 'tin'."),
    ]


def test_what_cannot_be_edited_is_said(world):
    for what, match in (
        (lambda: edit.add(world, []), "There are 0 facts"),
        (lambda: edit.remove(world, [ADA]), "director of 'mare' is not known: 'Ada Vale'"),
        (lambda: edit.merge(world, "person", ["Nobody"], "X"), "Nothing here has the person"),
        (lambda: edit.merge(world, "person", ["Ada Vale"], "Ada Vale"), "takes two names"),
        (lambda: edit.rename_relation(world, "eaten_by", "x"), "no relation 'eaten_by' here"),
        (lambda: edit.rename_relation(world, "directed_by", "D!"), "is no new name"),
    ):
        with pytest.raises(QueryError, match=match):
            what()
    assert facts() == BEFORE


def test_edits_outlive_a_build_publishing_and_withdrawing(world):
    publish(
        world, FakeEncoder(), NewItem("A horse.", title="Reef", facts={"has_theme": ("solitude",)})
    )
    edit.add(world, [ADA, ("reef", "directed_by", "Ada Vale")])
    edit.remove(world, [("reef", "has_theme", "solitude")])
    published = {("reef", "directed_by", "Ada Vale")}
    assert facts() == BEFORE | {ADA} | published
    build("small", told(), FakeEncoder())
    assert facts() == BEFORE | {ADA} | published
    edit.undo(world)
    assert facts() == BEFORE | {ADA} | published | {("reef", "has_theme", "solitude")}
    withdraw(world, "reef")
    assert facts() == BEFORE | {ADA}
    publish(world, FakeEncoder(), NewItem("A horse.", title="Reef"))
    assert facts() == BEFORE | {ADA}
    edit.undo(world)
    assert facts() == BEFORE


def test_an_editor_killed_before_any_file_step_leaves_all_or_nothing(world, root):
    seen = []
    for step in range(1, 200):
        process = PROCESSES.Process(target=add_one_that_dies_at, args=(step, root))
        process.start()
        process.join()
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        now = Workspace.open("small")
        assert now.notices == []
        assert facts(now) in (BEFORE, BEFORE | {ADA})
        seen.append(ADA in facts(now))
        assert len(edited.log(now.catalogue)) == seen[-1]
        now.close()
        if seen[-1]:
            edit.undo(world)
    assert process.exitcode == 0
    assert seen == sorted(seen)  # absent until the change-over, there after it
    assert set(seen) == {False, True}
    assert facts() == BEFORE | {ADA}
