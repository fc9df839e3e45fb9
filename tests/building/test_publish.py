"""Publishing is whole or not at all, is found at once, and can be undone."""

import multiprocessing
import random
import shutil
import signal
import threading
import time
from dataclasses import replace
from zlib import crc32

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from recsys.building.build import build
from recsys.building.publish import publish, withdraw
from recsys.datatypes import NewItem, Query
from recsys.errors import QueryError, WorkspaceError
from recsys.ranking.engine import Engine
from recsys.store import browse
from recsys.store.workspace import CATALOGUE, Workspace, read_manifest
from tests.building.publishers import REEF, hold, one_more, one_more_that_dies_at
from tests.conftest import real_encoder
from tests.worlds import ITEMS, FakeEncoder, tables

TRIPLES = pd.DataFrame(
    [
        *[(id_, "has_genre", name) for id_, _, _, names, _ in ITEMS for name in names],
        *[(id_, "from_decade", f"{year // 10 * 10}s") for id_, _, year, _, _ in ITEMS if year],
        ("star", "has_theme", "solitude"),
        ("tin", "has_theme", "Family"),
        ("star", "directed_by", "Ada Vale"),
        ("orbit", "directed_by", "Ada Vale"),
    ],
    columns=["head", "relation", "tail"],
)


def told():
    return replace(tables(), triples=TRIPLES)


@pytest.fixture
def world(root) -> Workspace:
    return build("small", told(), FakeEncoder())


def ids(workspace):
    return workspace.catalogue.items["id"].tolist()


def first(workspace, text, encoder=None):
    """The id of the item that is recommended first."""
    engine = Engine(workspace, encoder or FakeEncoder())
    return ids(workspace)[engine.recommend(Query(text, k=1)).shown.index[0]]


def nearest(workspace, text, n=1, encoder=None):
    """The ids that the index finds."""
    (vector,) = workspace.centre((encoder or FakeEncoder()).encode([text]))
    return [ids(workspace)[row] for row in workspace.index.search(vector, n)[0]]


def test_a_published_item_comes_last_with_all_that_was_said_of_it(world):
    assert publish(world, FakeEncoder(), REEF) == "the-reef"
    now = Workspace.open("small")
    assert now.notices == []
    assert (now.built, ids(now)) == (8, [*(item[0] for item in ITEMS), "the-reef"])
    assert now.catalogue.published["id"].to_dict() == {8: "the-reef"}
    item = browse.item(now.catalogue, 8)
    assert (item.title, item.text, item.year) == ("The Reef", REEF.text, 2022)
    assert item.categories == ("Drama", "Family")
    assert item.facts == {"Director": ["Ada Vale"], "Theme": ["solitude"]}
    assert now.catalogue.documents().loc[8, "document"] == (
        "The Reef. Drama, Family. A horse swims; a ghost watches."
        " Director: Ada Vale. Theme: solitude"
    )
    triples = now.catalogue.triples
    assert {tuple(tie) for tie in triples.to_numpy()[triples["head"] == "the-reef"]} == {
        ("the-reef", "directed_by", "Ada Vale"),
        ("the-reef", "has_theme", "solitude"),
        ("the-reef", "has_genre", "Drama"),
        ("the-reef", "has_genre", "Family"),  # has_theme has that name too, of nothing Family
        ("the-reef", "from_decade", "2020s"),
    }


def test_it_is_found_by_its_text_and_by_what_it_is_tied_to(world):
    publish(world, FakeEncoder(), REEF)
    now = Workspace.open("small")
    assert nearest(now, "horse and ghost") == ["the-reef"]
    assert first(now, "a horse and a ghost") == "the-reef"
    assert set(now.graph.neighbours(8).tolist()) >= set(now.catalogue.rows(["star", "orbit"]))
    engine = Engine(now, FakeEncoder())
    found = engine.recommend(Query("a horse", k=9, liked=now.catalogue.rows(["star"])))
    assert 8 in found.shown.index
    liked = engine.recommend(Query("space", k=8, liked=(8,)))
    assert 8 not in liked.shown.index


def test_nothing_else_moves(world):
    publish(world, FakeEncoder(), REEF)
    now = Workspace.open("small")
    np.testing.assert_array_equal(now.vectors[:8], world.vectors)
    np.testing.assert_array_equal(now.lengths[:8], world.lengths)
    np.testing.assert_array_equal(now.catalogue.likes[:8], world.catalogue.likes)
    assert now.manifest == replace(world.manifest, version=now.manifest.version)
    before = [
        Engine(w, FakeEncoder()).recommend(Query("a heist in space", k=8)) for w in (world, now)
    ]
    popularity = [found.scores["popularity"].loc[:7] for found in before]
    pd.testing.assert_series_equal(*popularity)


def test_what_needs_a_history_has_no_opinion_of_it(root):
    fans = {item[0]: 8 for item in ITEMS[:6]}
    world = build("small", tables(likes=fans), FakeEncoder())
    assert "behaviour" in world.models
    publish(world, FakeEncoder(), NewItem(REEF.text, title="The Reef"))
    now = Workspace.open("small")
    engine = Engine(now, FakeEncoder())
    query = Query("a horse and a ghost", k=9, disliked=(3,))
    scores = engine.recommend(query).scores
    assert scores.loc[8, ["behaviour", "popularity"]].isna().all()
    assert scores.loc[[0, 1, 2, 4, 5, 6, 7], ["behaviour", "popularity"]].notna().all(axis=None)
    assert scores.loc[8, ["content", "lexical"]].notna().all()
    found = engine.recommend(Query("a horse", k=7, liked=(8, 0)))  # a like of what has no history
    assert found.scores["behaviour"].notna().all()
    encoded = engine.encode(query)
    for name, by in engine.signals.items():
        assert len(set(by.propose(encoded, 100).tolist())) == len(by.propose(encoded, 100)), name
    assert 8 not in engine.signals["behaviour"].propose(encoded, 100)
    assert 8 not in engine.signals["popularity"].propose(encoded, 100)
    assert now.interactions.unknown.tolist() == [8]


def test_whoever_has_an_older_version_open_keeps_it(world):
    engine = Engine(world, FakeEncoder())
    publish(world, FakeEncoder(), REEF)
    publish(world, FakeEncoder(), REEF)
    assert len(ids(world)) == 8
    assert len(world.catalogue.triples) == len(TRIPLES)
    assert browse.counts(world.catalogue).items == 8
    assert len(engine.recommend(Query("a horse and a ghost", k=8)).shown) == 8


def test_what_was_built_is_not_written_again(world):
    def files(workspace):
        paths = [path for path in workspace.folder.rglob("*") if path.is_file()]
        return {path.name: path.stat().st_ino for path in paths}

    Engine(world, FakeEncoder())
    before = files(world)
    contents = (world.folder / "vectors.npy").read_bytes()
    publish(world, FakeEncoder(), REEF)
    now = Workspace.open("small")
    after = files(now)
    assert before.items() < after.items()
    assert set(after) - set(before) == {"published.duckdb"}
    grown = (now.folder / "vectors.npy").read_bytes()  # by a hole that the new vector lies over
    assert grown == contents + bytes(len(grown) - len(contents))
    withdraw(now, "the-reef")
    gone = files(Workspace.open("small"))
    assert before.items() < gone.items()
    assert gone["published.duckdb"] != after["published.duckdb"]


def test_undo_leaves_everything_as_it_was(world):
    publish(world, FakeEncoder(), REEF)
    withdraw(Workspace.open("small"), "the-reef")
    now = Workspace.open("small")
    assert (now.notices, now.built, ids(now)) == ([], 8, ids(world))
    pd.testing.assert_frame_equal(now.catalogue.items, world.catalogue.items)
    pd.testing.assert_frame_equal(now.catalogue.triples, world.catalogue.triples)
    np.testing.assert_array_equal(now.vectors, world.vectors)
    assert now.catalogue.select("SELECT count(*) AS n FROM embeddings")["n"].item() == 8
    assert sorted(nearest(now, "horse and ghost", 100)) == sorted(ids(world))


def test_undo_in_the_middle_keeps_the_others(world):
    words = ("horse ghost", "robot horse", "ghost robot", "love horse")
    for text in words:
        publish(world, FakeEncoder(), NewItem(text, title=text))
    withdraw(world, "robot-horse")
    now = Workspace.open("small")
    assert ids(now)[8:] == ["horse-ghost", "ghost-robot", "love-horse"]
    assert now.notices == []
    for id_, text in zip(ids(now)[8:], ("horse ghost", "ghost robot", "love horse"), strict=True):
        assert nearest(now, f"{text}. {text}") == [id_]
        assert browse.item(now.catalogue, now.catalogue.rows([id_])[0]).title == text
    assert publish(now, FakeEncoder(), NewItem("robot horse", title="robot horse")) == "robot-horse"
    withdraw(now, "robot-horse")  # the last one: its place is not given again
    publish(now, FakeEncoder(), NewItem("space love", title="space love"))
    now = Workspace.open("small")
    assert now.catalogue.keys.tolist() == [*range(8), 8, 10, 11, 13]
    assert nearest(now, "space love. space love") == ["space-love"]
    assert sorted(nearest(now, "space", 100)) == sorted(ids(now))


def test_twins_share_an_embedding_until_the_last_is_gone(world):
    encoder = FakeEncoder()
    assert [publish(world, encoder, REEF) for _ in range(2)] == ["the-reef", "the-reef-2"]
    assert len(encoder.encoded) == 1
    withdraw(world, "the-reef")
    assert set(nearest(Workspace.open("small"), "horse and ghost", 2)) > {"the-reef-2"}
    withdraw(world, "the-reef-2")
    assert len(ids(Workspace.open("small"))) == 8


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Amélie & the  Sea!", "amelie-the-sea"),
        ("愛と記憶", "item"),
        ("Star", "star-2"),
        ("Solitude", "solitude-2"),  # the graph would take the theme for the item
        ("--", None),
        ("x" * 500, "x" * 56),
    ],
)
def test_the_id_is_a_readable_one_that_is_free(world, title, expected):
    if expected is None:
        with pytest.raises(QueryError):
            NewItem("A horse.", title=title)
    else:
        assert publish(world, FakeEncoder(), NewItem("A horse.", title=title)) == expected


@pytest.mark.parametrize(
    ("change", "id_", "message"),
    [
        ({"title": ""}, None, "needs a title"),
        ({}, "star", "already an item 'star'"),
        ({}, "a b", "'a b' is not an id: use up to 64 of"),
        ({}, "", "'' is not an id"),
        ({}, "../x", "is not an id"),
        ({}, "x" * 65, "is not an id"),
        ({"categories": ("drama",)}, None, "the category 'drama'. There are, for example: 'Drama'"),
        ({"categories": ("Opera",)}, None, "the category 'Opera'. There are, for example: '"),
        ({"facts": {"sung_by": ("X",)}}, None, "the relation 'sung_by'. There are, for example: '"),
        (
            {"facts": {"has_theme": ("solitud",)}},
            None,
            "the has_theme 'solitud'. There are, for example: 'solitude'",
        ),
        ({"year": 20220}, None, "The year is 20220; it must be from 1000 to "),
        ({"year": -1}, None, "The year is -1"),
    ],
)
def test_what_cannot_be_published_is_told_and_changes_nothing(world, change, id_, message):
    with pytest.raises(QueryError) as caught:
        publish(world, FakeEncoder(), replace(REEF, **change), id_)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    folder = world.catalogue.path.parents[1]
    assert read_manifest(folder) == world.manifest
    assert not (folder / ".building").exists()


def test_what_cannot_be_withdrawn_is_told(world):
    with pytest.raises(QueryError, match="'star' came with the source"):
        withdraw(world, "star")
    with pytest.raises(QueryError, match="no item 'nobody'"):
        withdraw(world, "nobody")
    with pytest.raises(QueryError, match="speaks another language"):
        publish(world, FakeEncoder("other"), REEF)


def test_a_first_film_may_be_by_somebody_new(world):
    item = replace(REEF, facts={"directed_by": ("Somebody New",)})
    publish(world, FakeEncoder(), item, "new:1")
    triples = Workspace.open("small").catalogue.triples
    assert ["new:1", "directed_by", "Somebody New"] in triples.to_numpy().tolist()


def test_a_sequel_is_tied_to_the_item_itself(root):
    follows = pd.DataFrame([("tin", "follows", "star")], columns=TRIPLES.columns)
    world = build("small", replace(tables(), triples=follows), FakeEncoder())
    with pytest.raises(QueryError, match=r"the follows 'Orbit Job'.*: 'orbit"):
        publish(world, FakeEncoder(), NewItem("A", title="A", facts={"follows": ("Orbit Job",)}))
    publish(world, FakeEncoder(), NewItem("A", title="A", facts={"follows": ("orbit",)}))
    now = Workspace.open("small")
    assert browse.item(now.catalogue, 8).facts == {"Follows": ["Orbit Job"]}
    assert now.graph.relations(8, now.catalogue.rows(["orbit"])[0]) == ["follows"]


def test_markup_and_code_stay_text(world):
    hostile = "<script>alert('x')</script> $1 ? {x} '; DROP TABLE items; --"
    item = NewItem(f"A ghost. {hostile}", title=hostile, facts={"directed_by": (hostile,)})
    id_ = publish(world, FakeEncoder(), item)
    now = Workspace.open("small")
    found = browse.item(now.catalogue, 8)
    assert (found.title, found.text) == (hostile, f"A ghost. {hostile}")
    assert found.facts == {"Director": [hostile]}
    assert browse.found(now.catalogue, hostile) == 1
    withdraw(now, id_)
    assert len(ids(Workspace.open("small"))) == 8


def test_a_world_without_facts_or_categories_can_be_added_to(root):
    plain = tables([(id_, title, None, [], text) for id_, title, _, _, text in ITEMS])
    world = build("small", replace(plain, triples=plain.triples[:0]), FakeEncoder())
    publish(world, FakeEncoder(), NewItem("A horse; a ghost.", title="The Reef", year=1999))
    now = Workspace.open("small")
    assert first(now, "a horse and a ghost") == "the-reef"
    assert now.catalogue.triples.empty


def test_a_damaged_index_does_not_stop_a_publisher(world):
    world.catalogue.path.with_name("index.bin").write_bytes(b"")
    publish(world, FakeEncoder(), REEF)
    now = Workspace.open("small")
    assert now.notices == ["The search index file is damaged. It was built again."]
    assert nearest(now, "horse and ghost") == ["the-reef"]
    assert Workspace.open("small").notices == []


def test_a_file_that_another_program_holds_is_not_called_damaged(world):
    path = world.catalogue.path
    world.close()
    holder = PROCESSES.Process(target=hold, args=(path, ready := PROCESSES.Event()), daemon=True)
    holder.start()
    assert ready.wait(60)
    with pytest.raises(WorkspaceError, match="open in another program") as caught:
        Workspace.open("small")
    assert "Build it again" not in str(caught.value)
    holder.kill()
    holder.join()
    assert len(ids(Workspace.open("small"))) == 8


# Building and publishing.


def test_a_build_keeps_what_was_published(world):
    publish(world, FakeEncoder(), REEF)
    publish(world, FakeEncoder(), NewItem("Love and horses.", title="Mare"), "mare-2")
    encoder = FakeEncoder()
    now = build("small", replace(tables(ITEMS[1:]), triples=TRIPLES), encoder)
    assert encoder.encoded == []  # all of it was read before
    assert ids(now) == [*(item[0] for item in ITEMS[1:]), "the-reef", "mare-2"]
    assert (now.built, now.notices) == (7, [])
    assert now.catalogue.published["id"].tolist() == ["the-reef", "mare-2"]
    assert (now.catalogue.triples["head"] == "the-reef").sum() == 5
    assert nearest(now, "horse and ghost") == ["the-reef"]
    withdraw(now, "the-reef")
    assert ids(Workspace.open("small"))[7:] == ["mare-2"]


def test_a_build_by_another_encoder_reads_what_was_published(world):
    publish(world, FakeEncoder(), REEF)
    now = build("small", told(), FakeEncoder("other"))
    assert nearest(now, "horse and ghost") == ["the-reef"]


def test_the_source_goes_before_what_was_published_under_the_same_id(world):
    publish(world, FakeEncoder(), REEF, "reef")
    source = [*ITEMS, ("reef", "Reef", 2022, ["Drama"], "A heist in space.")]
    now = build("small", tables(source), FakeEncoder())
    assert (now.built, len(ids(now))) == (9, 9)
    assert now.catalogue.items.loc[8, "title"] == "Reef"


def test_models_learn_from_what_was_built(root):
    fans = {item[0]: 8 for item in ITEMS[:6]}
    world = build("small", tables(likes=fans), FakeEncoder())
    publish(world, FakeEncoder(), NewItem(REEF.text, title="The Reef"))
    again = build("small", tables(likes=fans), FakeEncoder())
    for name, array in world.models["behaviour"].items():
        np.testing.assert_array_equal(array, again.models["behaviour"][name])
    np.testing.assert_array_equal(again.vectors[:8], world.vectors)


class Meanwhile(FakeEncoder):
    """Publishes while a build reads."""

    def encode(self, *arguments):
        with pytest.raises(WorkspaceError, match="is being built by another process: wait"):
            publish(Workspace.open("small"), FakeEncoder(), REEF)
        self.refused = True
        return super().encode(*arguments)


def test_who_publishes_during_a_build_is_told_to_wait(world, monkeypatch):
    monkeypatch.setattr("recsys.building.publish.PATIENCE", 0.1)
    encoder = Meanwhile("other")
    build("small", told(), encoder)
    assert encoder.refused


def test_who_publishes_waits_for_a_build_that_is_quick(world):
    started = threading.Event()

    class Slow(FakeEncoder):
        def encode(self, *arguments):
            started.set()
            time.sleep(0.5)
            return super().encode(*arguments)

    thread = threading.Thread(target=build, args=("small", told(), Slow("fake")))
    thread.start()
    publish(world, FakeEncoder(), REEF)
    thread.join()
    assert "the-reef" in ids(Workspace.open("small"))


# Searching while others publish.


class Words:
    """A direction for every word, so that no two texts of ours mean the same."""

    name, device_name, why = "words", "paper", "a person can read it"

    def encode(self, texts, progress=None):
        directions = [
            sum(np.random.default_rng(crc32(word.encode())).normal(size=48) for word in words)
            for words in (text.lower().replace(".", "").split() for text in texts)
        ]
        vectors = np.array(directions, dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


PUBLISHED, SEARCHES, THREADS = 500, 5_000, 4


def text_of(number):
    return f"quest{number} river{number * 7 % 97} tower{number * 13 % 89} lantern{number % 83}"


def test_nothing_is_lost_while_some_publish_and_others_search(root):
    encoder = Words()
    latest = [build("small", tables(), encoder)]
    texts = [text_of(number) for number in range(PUBLISHED)]
    vectors = dict(zip(texts, encoder.encode(texts), strict=True))
    published, asked, wrong = [], [], []

    def search(seed):
        rng = random.Random(seed)
        for done in range(SEARCHES // THREADS):
            while len(published) < done * PUBLISHED // (SEARCHES // THREADS):
                time.sleep(0.001)
            count = len(published)
            workspace = latest[0]  # what a window opens with its next run
            try:
                if count:
                    id_, text = published[rng.randrange(count)]
                    rows, _ = workspace.index.search(workspace.centre(vectors[text]), 3)
                    if workspace.catalogue.items["id"][rows[0]] != id_:
                        wrong.append(id_)
                if done % 125 == 0:
                    Engine(workspace, encoder).recommend(Query("a river and a tower", k=3))
            except Exception as error:
                wrong.append(error)
            asked.append(1)

    threads = [threading.Thread(target=search, args=(seed,)) for seed in range(THREADS)]
    for thread in threads:
        thread.start()
    for text in texts:
        id_ = publish(latest[0], encoder, NewItem(text, title=text.split()[0]))
        latest[0] = Workspace.open("small")
        published.append((id_, text))
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(asked) == SEARCHES
    now = Workspace.open("small")
    assert ids(now)[8:] == [id_ for id_, _ in published]
    assert now.notices == []
    assert [nearest(now, text, encoder=encoder)[0] for _, text in published] == ids(now)[8:]
    folder = now.catalogue.path.parents[1]
    assert len([path for path in folder.iterdir() if path.is_dir()]) <= 2


def window():
    import streamlit as st

    from pages.shared import resources

    opened = resources.workspace("small")
    st.write(f"{len(opened.catalogue)} items")
    st.write(f"{resources.engine(opened).workspace is opened}")


def test_every_open_window_sees_it_with_its_next_run(world, monkeypatch):
    monkeypatch.setattr("pages.shared.resources._encoder", FakeEncoder)
    windows = [AppTest.from_function(window).run() for _ in range(2)]
    publish(world, FakeEncoder(), REEF)
    for shown in windows:
        assert [text.value for text in shown.markdown] == ["8 items", "True"]
        assert [text.value for text in shown.run().markdown] == ["9 items", "True"]
    withdraw(world, "the-reef")
    assert [shown.run().markdown[0].value for shown in windows] == ["8 items", "8 items"]


# Publishers in processes of their own, and killed ones.

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.building.publishers", "tests.building.editors"])


def start(target, *arguments, titles=("The Reef",)):
    started, done = PROCESSES.Event(), PROCESSES.Event()
    process = PROCESSES.Process(target=target, args=(*arguments, started, done, titles))
    process.start()
    assert started.wait(60)
    return process, done


def check_whole_or_absent():
    """Everything of the published items is there, or nothing; returns how many there are."""
    now = Workspace.open("small")
    added = len(ids(now)) - 8
    reefs = [id_ for id_ in ids(now) if id_.startswith("the-reef")]
    assert (len(reefs), now.notices, len(now.vectors)) == (added, [], 8 + added)
    assert now.catalogue.triples["head"].isin(reefs).sum() == 5 * added
    counted = now.catalogue.select("SELECT count(*) AS n FROM embeddings")["n"].item()
    assert counted == 8 + (added > 0)  # twins share theirs
    assert set(nearest(now, "horse and ghost", added)) == set(reefs) if added else True
    assert sorted(nearest(now, "space", 100)) == sorted(ids(now))
    now.close()
    return added


def test_two_processes_that_publish_at_once_lose_nothing_while_a_third_opens(world, root):
    processes = [start(one_more, root, titles=["The Reef"] * 6)[0] for _ in range(2)]
    counts = []
    while any(process.is_alive() for process in processes):
        counts.append(check_whole_or_absent())
    assert [process.exitcode for process in processes] == [0, 0]
    assert counts == sorted(counts)
    assert check_whole_or_absent() == 12
    assert ids(Workspace.open("small"))[8:] == [
        "the-reef",
        *(f"the-reef-{n}" for n in range(2, 13)),
    ]


def test_a_publisher_killed_before_any_of_its_file_steps_leaves_all_or_nothing(world, root):
    seen = []
    for step in range(1, 200):
        process, _ = start(one_more_that_dies_at, step, root)
        process.join()
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        seen.append(check_whole_or_absent())
        if seen[-1]:
            withdraw(Workspace.open("small"), "the-reef")
    assert process.exitcode == 0
    assert seen == sorted(seen)  # absent until the change-over, there after it
    assert set(seen) == {0, 1}


def test_a_publisher_killed_at_any_time_leaves_all_or_nothing(world, root):
    begin = time.perf_counter()
    process, _ = start(one_more, root)
    process.join()
    length, seen = time.perf_counter() - begin, [check_whole_or_absent()]
    rng = random.Random(6)
    for kill in range(20):
        process, done = start(one_more, root)
        time.sleep(length * (kill + rng.random()) / 20)
        process.kill()
        process.join()
        seen.append(check_whole_or_absent())
        assert seen[-1] - seen[-2] in (0, 1)
        assert seen[-1] > seen[-2] or not done.is_set()
    publish(Workspace.open("small"), FakeEncoder(), REEF)
    assert check_whole_or_absent() == seen[-1] + 1
    versions = [path for path in (root / "small").iterdir() if path.is_dir()]
    assert len(versions) == 1
    assert (versions[0] / CATALOGUE).is_file()


# The bundled films, read by the real encoder.


def test_an_item_of_the_demo_is_found_by_its_own_text(demo_root, root):
    shutil.copytree(demo_root / "demo", root / "demo")
    workspace = Workspace.open("demo")
    item = NewItem(
        "A stoker on a night ferry keeps a lighthouse burning with old love letters.",
        title="The Ferry Lamp",
        year=2024,
        categories=("Drama",),
        facts={"has_mood": ("melancholy",)},
    )
    publish(workspace, real_encoder(), item)
    now = Workspace.open("demo")
    engine = Engine(now, real_encoder())
    for text in (item.text, "a lighthouse, love letters and a ferry"):
        found = engine.recommend(Query(text))
        assert ids(now)[found.shown.index[0]] == "the-ferry-lamp"
        assert found.scores.loc[now.built, "content"] == found.scores["content"].max()
    tied = {now.graph.nodes.loc[node, "name"] for node in now.graph.around(now.built)[0]}
    assert tied >= {"Drama", "2020s", "melancholy"}
    withdraw(now, "the-ferry-lamp")
    assert ids(Workspace.open("demo")) == ids(workspace)
