"""A new item arrives: on the shelf of four sorts, and in the bundled world, really encoded."""

import threading
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recsys.building.build import build
from recsys.building.publish import publish
from recsys.datatypes import NewItem
from recsys.errors import QueryError
from recsys.new_item.judge import MIN_PROBABILITY, NewItems, split_sentences
from recsys.new_item.landing import NEIGHBOURS, Expected
from recsys.new_item.similarity import SHARES
from recsys.ranking.engine import Engine
from recsys.store.workspace import Workspace
from tests.conftest import real_encoder
from tests.worlds import FakeEncoder, shelf, tables

SIDES = ["behaviour", "content", "graph", "lexical", "period"]

CABIN = NewItem(
    "Six friends rent a remote cabin and read aloud from a book bound in skin. One by one"
    " something in the woods gets into them, and by dawn the house is full of blood and screaming."
    " A vicious, frightening story of demonic possession.",
    title="The Cellar Door",
)


def described(workspace: Workspace, row: int) -> NewItem:
    """The item at ``row`` as if it were new, with all that is known of it."""
    item = workspace.catalogue.items.loc[row]
    ties = workspace.catalogue.triples
    facts: dict[str, tuple[str, ...]] = {}
    for relation, name in ties.loc[ties["head"] == item["id"], ["relation", "tail"]].to_numpy():
        facts[relation] = (*facts.get(relation, ()), name)
    return NewItem(item["text"], item["title"], int(item["year"]), item["categories"], facts)


@pytest.fixture(scope="module")
def shelf_root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("new")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(folder))
        build("shelf", shelf(), FakeEncoder())
    return folder


@pytest.fixture(scope="module")
def on_shelf(shelf_root):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(shelf_root))
        return NewItems(Engine(Workspace.open("shelf"), FakeEncoder()))


@pytest.fixture(scope="module")
def arrivals(demo_root):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(demo_root))
        return NewItems(Engine(Workspace.open("demo"), real_encoder()))


@pytest.fixture(scope="module")
def cabin(arrivals):
    return arrivals.describe(CABIN)


# A horror story that does not exist, in the bundled world.


def test_a_horror_story_is_told_to_be_one(cabin):
    genres = cabin.attributes[cabin.attributes["relation"] == "genre"]
    assert cabin.attributes["relation"].iloc[0] == "genre"  # the category comes first
    assert genres.iloc[0][["name", "predicted"]].tolist() == ["Horror", True]
    assert genres["probability"].iloc[0] > 0.8
    assert "Horror" in cabin.assumed["genre"]
    moods = cabin.attributes[cabin.attributes["relation"] == "mood"]
    assert {"frightening", "gory"} <= set(moods["name"][moods["predicted"]])


def test_its_neighbours_are_horror(arrivals, cabin):
    categories = arrivals.workspace.catalogue.items["categories"]
    first = cabin.neighbours.index[:NEIGHBOURS]
    assert sum("Horror" in categories[row] for row in first) >= 9
    assert len(cabin.because) == NEIGHBOURS
    assert all(" · " in line and ": " in line for line in cabin.because)


def test_every_attribute_names_the_neighbours_that_have_it(arrivals, cabin):
    categories = arrivals.workspace.catalogue.items["categories"]
    horror = cabin.attributes.set_index("name").loc["Horror", "neighbours"]
    first = cabin.neighbours.index[:NEIGHBOURS].tolist()
    assert list(horror) == [row for row in first if "Horror" in categories[row]]


def test_those_who_fear_for_fun_like_it_most(cabin):
    assert cabin.segments["name"].iloc[0] == "Callum, horror nut"
    assert cabin.segments["lift"].iloc[0] > 3
    assert cabin.segments["lift"].is_monotonic_decreasing
    assert not cabin.segments["name"].str.startswith("Priya")[:5].any()  # no nightmares, please


def test_the_segments_add_up_to_what_is_expected(cabin):
    assert cabin.segments["expected"].sum() == pytest.approx(cabin.likes.expected, rel=0.01)
    assert cabin.probability.sum() == pytest.approx(cabin.likes.expected, rel=0.01)
    assert cabin.segments["users"].sum() == (cabin.segment_of >= 0).sum()
    own = cabin.segments.iloc[0]
    members = cabin.probability[cabin.segment_of == cabin.segments.index[0]]
    assert own["rate"] == pytest.approx(members.mean(), rel=1e-5)
    assert own["expected"] == pytest.approx(members.sum(), rel=1e-5)


def test_its_places_are_best_where_it_is_liked_best(arrivals, cabin):
    assert cabin.n_candidates == len(arrivals.workspace.catalogue)
    assert cabin.ranks.min() >= 1
    assert cabin.ranks.max() <= cabin.n_candidates + 1
    fans = cabin.segment_of == cabin.segments.index[0]
    assert np.median(cabin.ranks[fans]) < np.median(cabin.ranks[~fans]) / 4


def test_it_is_lonelier_than_most_and_collides_with_nothing(cabin):
    assert 0 < cabin.max_similarity < 1
    assert 0.5 < cabin.novelty_percentile <= 1
    assert cabin.duplicates.empty


def test_a_new_item_stands_amid_its_nearest_on_the_map(arrivals, cabin):
    """It was put by the meaning alone, and the nearest of the list stood all over the map."""
    nearest = arrivals.points[cabin.neighbours.index[:NEIGHBOURS]]
    apart = np.linalg.norm(nearest - cabin.point, axis=1).mean()
    every = np.linalg.norm(nearest[:, None] - arrivals.points, axis=2).mean(axis=0)
    assert apart == pytest.approx(np.sort(every)[:10].min(), rel=0.25)
    assert arrivals.points.shape == (605, 2)
    assert np.abs(arrivals.points).max() <= 1


def test_the_words_of_another_story_lead_elsewhere(arrivals, cabin):
    text = "A warm, funny musical about a little bear who finds a family. Songs for all ages."
    other = arrivals.describe(NewItem(text))
    assert "Horror" not in other.assumed.get("genre", ())
    assert other.segments["name"].iloc[0] != cabin.segments["name"].iloc[0]
    assert not set(other.neighbours.index[:10]) & set(cabin.neighbours.index[:10])


@pytest.mark.parametrize("row", [0, 200, 413])
def test_a_film_described_by_its_own_data_is_its_own_duplicate(arrivals, row):
    found = arrivals.describe(described(arrivals.workspace, row))
    assert found.neighbours.index[0] == row
    assert found.neighbours["score"].iloc[0] > found.neighbours["score"].iloc[1] + 0.3
    assert found.duplicates.index[0] == row
    assert found.duplicates.loc[row, "words"] == pytest.approx(1, abs=1e-4)


def test_a_copy_under_another_name_is_flagged(arrivals):
    row = 200
    text = arrivals.workspace.catalogue.items["text"][row]
    found = arrivals.describe(NewItem(text, title="Something Else"))
    assert found.duplicates.index.tolist() == [row]


def test_few_of_the_films_would_be_told_to_be_duplicates(arrivals):
    for side, near in arrivals._kernel.max_cosine.items():
        assert (near >= arrivals.duplicate_from[side]).mean() < 0.02


def test_a_year_and_people_are_read_from_the_text(arrivals):
    text = "Night Shift is a 1944 war film directed by Akira Kurosawa, with Toshiro Mifune."
    found = arrivals.describe(NewItem(text))
    assert found.assumed["year"] == ("1944",)
    assert "Akira Kurosawa" in found.assumed["named"]
    period = found.neighbours["period"]
    years = arrivals.workspace.catalogue.items["year"]
    assert abs(years[period.idxmax()] - 1944) <= 1
    directed = arrivals.workspace.catalogue.triples.query(
        "relation == 'directed_by' and tail == 'Akira Kurosawa'"
    )["head"]
    ids = arrivals.workspace.catalogue.items["id"]
    assert ids[found.neighbours["graph"].idxmax()] in set(directed)
    assert found.neighbours["period"].max() <= SHARES["period"] / sum(SHARES.values()) + 1e-6


def test_what_is_given_is_not_guessed(arrivals):
    given = replace(
        CABIN,
        text=f"{CABIN.text} It is a 1999 film with Toshiro Mifune.",
        year=1950,
        categories=("Western",),
        facts={"has_mood": ("quiet",), "directed_by": ("Nobody Yet",)},
    )
    found = arrivals.describe(given)
    assert set(found.assumed) == {"theme"}
    bare = arrivals.describe(replace(given, year=None, categories=(), facts={}))
    assert set(bare.assumed) == {"genre", "mood", "named", "theme", "year"}
    assert bare.assumed["year"] == ("1999",)
    # what is predicted is of the text alone
    pd.testing.assert_series_equal(
        found.attributes.set_index("name")["probability"].sort_index(),
        bare.attributes.set_index("name")["probability"].sort_index(),
    )
    western = arrivals.workspace.catalogue.items["categories"].map(lambda own: "Western" in own)
    gain = (found.neighbours["graph"] - bare.neighbours["graph"]).groupby(western).mean()
    assert gain[True] > gain[False]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"categories": ("Horor",)}, r"category 'Horor'.*'Horror'"),
        ({"facts": {"has_thing": ("x",)}}, r"relation 'has_thing'.*'has_theme'"),
        ({"facts": {"has_theme": ("robbery in space",)}}, r"has_theme 'robbery in space'.*\."),
        ({"year": 99_999}, "The year is 99999; it must be from 1000 to"),
    ],
)
def test_what_nobody_has_is_refused_with_what_there_is(arrivals, change, words):
    with pytest.raises(QueryError, match=words):
        arrivals.describe(replace(CABIN, **change))


@pytest.mark.parametrize("text", ["", "  \n", "!!!", "x" * 10_001, "word " * 50_000])
def test_a_text_without_words_or_end_is_refused(text):
    with pytest.raises(QueryError, match=r"no words|at most 10,000 are read"):
        NewItem(text)


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script> & <b>bold</b>", "'; DROP TABLE items; --", "ghost\x00 story", "ö"],
)
def test_markup_and_other_signs_are_only_text(arrivals, text):
    found = arrivals.describe(NewItem(text, title="<i>x</i>"))
    assert np.isfinite(found.neighbours["score"]).all()
    assert np.isfinite([*found.likes.__dict__.values()]).all()


def test_similarity_is_the_same_both_ways_and_one_for_itself(arrivals):
    rng = np.random.default_rng(0)
    a, b = rng.integers(0, 605, size=(2, 40))
    one, other = arrivals.similarity(a, b), arrivals.similarity(b, a)
    np.testing.assert_allclose(one, other, atol=1e-5)
    assert (one < 0.95).all()
    known = np.flatnonzero(
        (arrivals._kernel.features.rest.sum(axis=1) > 0)
        & (arrivals._kernel.features.people.sum(axis=1) > 0)
    )[:50]
    np.testing.assert_allclose(arrivals.similarity(known, known), 1, atol=2e-3)


def test_many_threads_get_the_answers_of_one(arrivals):
    items = [
        replace(CABIN, text=text)
        for text in (
            "A quiet love story.",
            "A heist with charm.",
            "Samurai and honour.",
            CABIN.text,
        )
    ]
    expected = [arrivals.describe(item) for item in items]
    found: list = [None] * 8

    def ask(number):
        found[number] = [arrivals.describe(item) for item in items]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for answers in found:
        for one, other in zip(expected, answers, strict=True):
            pd.testing.assert_frame_equal(one.neighbours, other.neighbours, check_exact=False)
            np.testing.assert_array_equal(one.ranks, other.ranks)
            assert one.likes == other.likes
            assert one.assumed == other.assumed


# On the shelf: forty items of four sorts, whose every answer can be seen.


def test_the_sort_of_a_text_decides_everything(on_shelf):
    found = on_shelf.describe(NewItem("A ghost in the attic. A whisper in the cellar at midnight."))
    assert set(found.neighbours.index[:10]) == set(range(10, 20))
    assert found.assumed == {
        "kind": ("Horror",),
        "theme": ("haunting",),
        "mood": ("tense",),
    }
    assert found.because[0] == "kind: Horror · theme: haunting · mood: tense"
    assert found.attributes.set_index("name").loc["Horror", "neighbours"] == tuple(
        found.neighbours.index[:10]
    )
    assert found.likes == Expected(16, 16, 16, 40)  # each item has 16
    assert found.segments.iloc[0]["name"].partition(": fans of ")[2].startswith(("Ghost", "Horse"))
    assert found.segments["users"].tolist() == [20, 20]
    lift = (found.segments["rate"] / 0.4).tolist()  # of its sorts' items each likes 8 in 10
    assert found.segments["lift"].tolist() == pytest.approx(lift)
    assert found.n_candidates == 40
    ghosts = np.array([user.startswith("b") for user in on_shelf.workspace.interactions.users])
    assert found.ranks[ghosts].max() <= 9  # behind the four that such a person does not like yet
    assert found.probability[ghosts].min() > found.probability[~ghosts].max()


@given(
    st.lists(st.sampled_from(["space", "ghost", "heist", "horse", "robot", "zzz"]), min_size=1),
    st.one_of(st.none(), st.integers(1950, 2020)),
    st.sets(st.sampled_from(["Horror", "Crime"])),
)
def test_whatever_is_described_the_parts_add_up(on_shelf, words, year, categories):
    item = NewItem(" ".join(words), year=year, categories=tuple(sorted(categories)))
    found = on_shelf.describe(item)
    ranking = found.neighbours
    assert list(ranking) == ["rank", "score", *SIDES]
    assert sorted(ranking.index) == list(range(40))
    assert ranking["rank"].tolist() == list(range(1, 41))
    assert ranking["score"].is_monotonic_decreasing
    np.testing.assert_allclose(ranking[SIDES].sum(axis=1), ranking["score"], atol=1e-6)
    assert ranking["score"].max() <= 1 + 1e-5
    assert ((found.probability > 0) & (found.probability < 1)).all()
    assert found.probability.sum() == pytest.approx(found.likes.expected, rel=1e-2)
    assert ((found.ranks >= 1) & (found.ranks <= 41)).all()
    listed = found.attributes
    worth = listed["predicted"] | listed["named"]
    assert ((listed["probability"] >= MIN_PROBABILITY) | worth).all()
    assert (listed["probability"][listed["likely"]] >= 0.5).all()
    guessed = listed[(listed["relation"] == "country") & ~listed["named"]]
    assert not guessed["likely"].any()
    assert set(listed) == {
        "relation", "name", "threshold", "probability", "predicted", "likely", "named",
        "neighbours",
    }  # fmt: skip
    assert (found.candidates <= 40).all()
    assert (found.ranks <= found.candidates + 1).all()
    assert (found.segments["low"] <= found.segments["rate"] + 1e-6).all()
    assert (found.segments["rate"] <= found.segments["high"] + 1e-6).all()
    assert set(found.segment_of) <= set(found.segments.index) | {-1}
    assert np.abs(found.point).max() <= 1
    assert found.item is item


def test_an_item_described_with_its_own_data_is_as_similar_as_it_is(on_shelf):
    """All but behaviour, which is predicted of the new one and known of the other."""
    row = 14
    found = on_shelf.describe(described(on_shelf.workspace, row)).neighbours
    assert found.index[0] == row
    rows = found.index.to_numpy()
    known = on_shelf.similarity(np.full(40, row), rows)
    predicted = found["score"].to_numpy()
    assert known[0] == pytest.approx(1, abs=2e-3)
    share = SHARES["behaviour"] / sum(SHARES.values())
    audiences = on_shelf._likes.audiences(np.arange(40))
    known_behaviour = share * (audiences[:, row] @ audiences[:, rows])
    np.testing.assert_allclose(
        known - known_behaviour, predicted - found["behaviour"].to_numpy(), atol=1e-5
    )
    for side, whole in (("content", 1), ("graph", 1), ("lexical", 1), ("period", 0.25)):
        assert found[side].iloc[0] == pytest.approx(whole / sum(SHARES.values()), abs=1e-5)


def test_what_is_published_is_as_similar_as_it_was_predicted(shelf_root, monkeypatch, tmp_path):
    """Nobody has liked it: its likes are predicted there, too."""
    monkeypatch.setenv("THAW_WORKSPACES", str(tmp_path))
    workspace = build("shelf", shelf(), FakeEncoder())
    before = NewItems(Engine(workspace, FakeEncoder()))
    facts = {
        "has_theme": ("haunting",), "directed_by": ("Bo Crane",), "has_mood": ("calm",),
        "from_country": ("Norland",),
    }  # fmt: skip
    item = NewItem("A ghost rides a horse.", "The Ride", 1975, ("Horror",), facts)
    predicted = before.describe(item).neighbours
    publish(workspace, FakeEncoder(), item)
    after = NewItems(Engine(Workspace.open("shelf"), FakeEncoder()))
    rows = predicted.index.to_numpy()
    np.testing.assert_allclose(
        after.similarity(np.full(40, 40), rows), predicted["score"], atol=1e-5
    )
    assert after.points.shape == (41, 2)
    again = after.describe(item)
    assert again.neighbours.index[0] == 40
    assert again.duplicates.index[0] == 40
    assert again.n_candidates == 40  # nobody has had the chance to like it
    assert again.likes == before.describe(item).likes
    np.testing.assert_allclose(before.points, after.points[:40])


def test_similarities_come_in_the_order_of_the_pairs(on_shelf):
    a, b = np.array([3, 0, 3, 0, 3]), np.array([0, 3, 0, 1, 30])
    found = on_shelf.similarity(a, b)
    assert found[0] == found[2]
    assert found[0] == pytest.approx(found[1], abs=1e-6)
    assert found[4] < found[0] < 1
    assert on_shelf.similarity(a[:0], b[:0]).tolist() == []


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Ran is a 1985 film.", "1985"),
        ("It was the 2003 remake.", "2003"),
        ("These are the British 1944 reels.", "1944"),
        ("It is about the year 1944.", None),
        ("Room 1408 is a 14080 film.", None),
        ("Blade Runner 2049.", None),
    ],
)
def test_a_year_is_read_where_the_text_says_that_it_is_of_it(on_shelf, text, year):
    found = on_shelf.describe(NewItem(text)).assumed
    assert found.get("year") == ((year,) if year else None)
    assert "year" not in on_shelf.describe(NewItem(text, year=1970)).assumed


def test_a_planted_sentence_gains_what_it_says(on_shelf):
    item = NewItem("A space in the harbour. It has a ghost! The end of it.", title="Mixed")
    found = on_shelf.sentences(item)
    assert found["sentence"].tolist() == [
        "A space in the harbour.",
        "It has a ghost!",
        "The end of it.",
    ]
    gains = found.set_index("sentence")["gains"]
    assert "haunting" in gains["It has a ghost!"]
    assert {"Science fiction", "stars"} & set(gains["A space in the harbour."])
    assert not set(gains["The end of it."]) & {"Horror", "haunting", "Science fiction", "stars"}


def test_what_a_sentence_earns_is_the_whole_less_the_rest(arrivals):
    item = replace(
        CABIN, text="A quiet village in spring. Something in the woods kills them, in blood."
    )
    found = arrivals.sentences(item)
    whole = arrivals.describe(item)
    for line, kept in zip(found.itertuples(), split_sentences(item.text)[::-1], strict=True):
        rest = arrivals.describe(replace(item, text=kept))
        assert line.likes == pytest.approx(whole.likes.expected - rest.likes.expected, abs=0.6)
        top = (whole.ranks <= 100).mean() - (rest.ranks <= 100).mean()
        assert line.top == pytest.approx(top, abs=5e-3)
        said = [
            set(x.attributes["name"][x.attributes["likely"] | x.attributes["named"]])
            for x in (whole, rest)
        ]
        assert line.low <= line.likes <= line.high
        assert set(line.gains) == said[0] - said[1]
        assert set(line.loses) == said[1] - said[0]
    assert "gory" in found["gains"].iloc[1]


@pytest.mark.parametrize("text", ["One sentence only", "A ghost story. !!!", "... A ghost."])
def test_one_sentence_earns_everything(on_shelf, text):
    found = on_shelf.sentences(NewItem(text))
    assert found.empty
    assert list(found) == ["sentence", "likes", "low", "high", "top", "gains", "loses"]


def test_signs_without_words_are_no_sentence(on_shelf):
    found = on_shelf.sentences(NewItem("A ghost story. ... !!! It rains."))
    assert found["sentence"].tolist() == ["A ghost story.", "It rains."]


def test_too_small_a_workspace_has_nothing_to_say(root):
    engine = Engine(build("small", tables(), FakeEncoder()), FakeEncoder())
    with pytest.raises(QueryError, match="'small' has too few items or likes to say anything"):
        NewItems(engine)


def test_a_catalogue_without_any_likes_has_nothing_to_say(root):
    world = shelf()
    mute = replace(world, interactions=world.interactions.iloc[:0])
    engine = Engine(build("mute", mute, FakeEncoder()), FakeEncoder())
    with pytest.raises(QueryError, match="too few items or likes"):
        NewItems(engine)


def test_a_catalogue_of_texts_alone_still_says_who_likes_it(root):
    """No categories, years or ties: nothing is predicted, the rest is."""
    world = shelf()
    bare = world.items.assign(
        categories=[[] for _ in range(40)],
        facts=[{} for _ in range(40)],
        year=pd.array([None] * 40, dtype="Int32"),
    )
    world = replace(world, items=bare, triples=world.triples.iloc[:0])
    new = NewItems(Engine(build("bare", world, FakeEncoder()), FakeEncoder()))
    found = new.describe(NewItem("A ghost in the attic, a whisper at midnight."))
    assert set(found.neighbours.index[:10]) == set(range(10, 20))
    assert found.attributes.empty
    assert found.assumed == {}
    assert found.because == [""] * NEIGHBOURS
    assert found.probability[20:].min() > found.probability[:20].max()
    assert new.sentences(NewItem("A ghost. A horse.")).shape == (2, 7)
    assert new.changes(found, found).attributes.empty
    assert all(name.startswith("Fans of ") for name in new.segments.names)


def test_the_same_again_moves_nothing_for_certain(arrivals, cabin):
    moved = arrivals.changes(cabin, cabin)
    assert (moved.likes, moved.arrived, moved.left) == (0, (), ())
    assert (moved.low, moved.high) == pytest.approx((0, 0), abs=1.5)
    assert (moved.attributes["before"] == moved.attributes["after"]).all()
    assert (moved.segments["before"] == moved.segments["after"]).all()
    assert len(moved.attributes) == cabin.attributes["predicted"].sum()


def test_a_difference_has_an_interval_narrower_than_the_two_it_is_the_difference_of(arrivals):
    """Two versions of a text share their errors."""
    short = replace(CABIN, text=CABIN.text.split(". ")[0] + ".")
    before, after = arrivals.describe(short), arrivals.describe(CABIN)
    moved = arrivals.changes(before, after)
    assert moved.low <= moved.likes <= moved.high
    widths = [each.likes.high - each.likes.low for each in (before, after)]
    assert 0 < moved.high - moved.low < sum(widths)
    assert (moved.segments["low"] <= moved.segments["after"] + 1e-6).all()
    assert (moved.segments["after"] <= moved.segments["high"] + 1e-6).all()


def test_what_a_text_says_in_so_many_words_is_taken_and_a_refusal_is_not(arrivals):
    found = arrivals.describe(NewItem("A mystery set in Italy about grief, nothing violent."))
    named = found.attributes[found.attributes["named"]]
    assert {"Mystery", "Italy", "grief"} <= set(named["name"])
    assert "violent" not in set(named["name"])
    countries = found.attributes[found.attributes["relation"] == "country"]
    assert countries["name"].iloc[0] == "Italy"


def test_what_is_only_perhaps_so_is_no_reason_of_a_neighbour(arrivals, cabin):
    listed = cabin.attributes
    doubtful = listed[listed["predicted"] & ~listed["likely"] & ~listed["named"]]
    assert len(doubtful)
    told = {part for line in cabin.because for part in line.split(" · ")}
    assert not told & {f"{line.relation}: {line.name}" for line in doubtful.itertuples()}
