"""Books, recipes, board games, a shop and places in Chinese: from the file to the answer."""

import pandas as pd
import pytest

from recsys.building.build import build
from recsys.datasets import table
from recsys.datatypes import NewItem, Query
from recsys.new_item.judge import NewItems
from recsys.ranking.engine import Engine
from recsys.reading import columns, files, ties
from recsys.store.workspace import Workspace
from tests.datasets.domains import DOMAINS


@pytest.fixture(params=DOMAINS)
def name(request):
    return request.param


@pytest.fixture
def domain(name):
    return DOMAINS[name]


@pytest.fixture
def paths(tmp_path, domain):
    items, likes = tmp_path / "items.csv", tmp_path / "likes.csv"
    items.write_text(domain.csv(), encoding="utf-8")
    likes.write_text(domain.likes(), encoding="utf-8")
    return items, likes


@pytest.fixture(scope="module")
def domains_root(tmp_path_factory):
    """All five, built once."""
    folder = tmp_path_factory.mktemp("domains")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(folder))
        for name, domain in DOMAINS.items():
            items, likes = folder / f"{name}.csv", folder / f"{name}-likes.csv"
            items.write_text(domain.csv(), encoding="utf-8")
            likes.write_text(domain.likes(), encoding="utf-8")
            tables = table.load(items, likes, noun=domain.noun)
            build(name, tables, domain.encoder()).close()
    return folder


@pytest.fixture
def answering(domains_root, monkeypatch, name, domain):
    monkeypatch.setenv("THAW_WORKSPACES", str(domains_root))
    return Engine(Workspace.open(name), domain.encoder())


def sorts(domain):
    """Id -> which of the three sorts it is of."""
    at = domain.header.index(domain.roles["id"][0])
    return {row[at]: n // 8 for n, row in enumerate(domain.rows[1:])}


def test_every_column_becomes_what_it_is(domain, paths):
    frame = files.read(paths[0]).frame
    guesses = columns.guess(frame, "items", {})
    assert {key: one.columns for key, one in guesses.items()} == domain.roles
    taken = [column for one in guesses.values() for column in one.columns]
    rest = columns.rest(frame.drop(columns=taken))
    assert [one.label for one in columns.numbers(frame, rest.numbers)] == domain.numbers
    assert [name for name in rest.facts if ties.are_people(frame[name])] == domain.people
    assert rest.others == domain.unused


def test_nothing_is_lost_and_numbers_are_no_entities(domain, paths):
    found = table.load(*paths, noun=domain.noun)
    assert len(found.items) == 24
    assert found.rejected.empty
    assert set(found.triples["relation"]) == domain.relations
    assert not found.triples["tail"].str.fullmatch(r"[0-9.]+").any()
    for facts in found.items["facts"]:
        assert set(domain.numbers) <= set(facts)


def test_three_tastes_find_their_sort(domain, answering):
    kinds = sorts(domain)
    for wanted, taste in enumerate(domain.tastes):
        shown = answering.recommend(Query(taste, k=4)).shown
        ids = answering.workspace.catalogue.items.loc[shown.index, "id"]
        assert [kinds[id_] for id_ in ids] == [wanted] * 4, taste


def test_a_number_that_is_typed_bounds_what_is_shown(domain, answering):
    taste, label, most = domain.bounded
    if not taste:
        pytest.skip("numbers are understood in English only")
    shown = answering.recommend(Query(taste, k=3)).shown
    facts = answering.workspace.catalogue.items.loc[shown.index, "facts"]
    values = [float(own[label][0]) for own in facts]
    assert len(values) == 3
    assert max(values) <= most
    assert max(float(own[label][0]) for own in answering.workspace.catalogue.items["facts"]) > most


def test_numbers_are_not_read_by_the_encoder(domain, answering):
    documents = answering.workspace.catalogue.documents()["document"]
    for label in domain.numbers:
        assert not documents.str.contains(label, regex=False).any()


def test_a_new_item_lands_among_its_own(domain, answering):
    text, like = domain.new
    kinds = sorts(domain)
    landing = NewItems(answering).describe(NewItem(text))
    ids = answering.workspace.catalogue.items["id"]
    nearest = [kinds[ids[row]] for row in landing.neighbours.index[:3]]
    wanted = next(kind for id_, kind in kinds.items() if id_.startswith(like))
    assert nearest == [wanted] * 3


def test_the_graph_ties_what_has_a_name_in_common(domain, answering):
    nodes = answering.workspace.graph.nodes
    entities = nodes[nodes["kind"] != "item"]
    assert (entities["degree"] >= 2).any()
    if domain.people:
        assert "person" in set(entities["kind"]) or "designer" in set(entities["kind"])
    names = pd.Series(entities["name"])
    assert not names.str.contains("http", regex=False).any()
