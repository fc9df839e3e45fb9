"""Every signal keeps the contract, and each of them is right in a world that can be seen."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from recsys.building.build import build
from recsys.datatypes import Clause, EncodedQuery, Query, Reason
from recsys.ranking.engine import Engine
from recsys.signals import _brevity, default_weights, signals
from tests.models.test_behaviour import camps
from tests.worlds import FakeEncoder, tables, told

every_signal = pytest.mark.parametrize("name", signals())
QUERIES = [
    Query("space"),
    Query("a heist, no robot"),
    Query("nothing with a ghost"),
    Query("zzz"),
    Query("Maker of tin", liked=(1, 3), disliked=(4,)),
    Query("no horse", disliked=(0,)),
    Query("愛 🎬"),
]
every_query = pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.text)


@pytest.fixture(autouse=True)
def half_at_fourteen_words(monkeypatch):
    """What is worked by hand here holds wherever the half is put."""
    monkeypatch.setattr(_brevity, "HALF_WORDS", 14.0)
    monkeypatch.setattr(_brevity, "REQUEST_WORDS", 14.0)
    monkeypatch.setattr(_brevity, "STEEPNESS", 2.0)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """One for all, since a signal only reads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(tmp_path_factory.mktemp("signals")))
        yield Engine(build("small", tables(), FakeEncoder()), FakeEncoder())


@pytest.fixture(scope="module", params=["untaught", "taught"])
def any_engine(request, tmp_path_factory, engine):
    """The small world, where too few people like enough for a model, and one where all are."""
    if request.param == "untaught":
        return engine
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(tmp_path_factory.mktemp("taught")))
        taught = Engine(build("camps", camps(), FakeEncoder()), FakeEncoder())
    assert {"behaviour", "tastes"} <= set(taught.workspace.models)
    return taught


def order(engine, name, query):
    """Ids of the whole catalogue, what the signal scores highest first."""
    scores = engine.signals[name].score(engine.encode(query), np.arange(8))
    return engine.workspace.catalogue.items["id"].to_numpy()[np.argsort(-scores)].tolist()


def scores_of(engine, name, query):
    return engine.signals[name].score(engine.encode(query), np.arange(8))


@every_signal
def test_a_signal_describes_itself(name):
    module = signals()[name]
    assert module.TITLE.strip()
    assert module.TERM.strip()
    assert module.HELP.endswith(".")
    assert default_weights()[name] == module.DEFAULT_WEIGHT >= 0


@every_signal
@every_query
@pytest.mark.parametrize("n", [1, 3, 8, 200])
def test_proposals_are_rows_each_once_and_at_most_n(any_engine, name, query, n):
    rows = any_engine.signals[name].propose(any_engine.encode(query), n)
    assert len(rows) <= n
    assert np.issubdtype(rows.dtype, np.integer)
    assert len(set(rows.tolist())) == len(rows)
    assert set(rows.tolist()) <= set(range(8))


@every_signal
@every_query
def test_scores_are_numbers_that_do_not_depend_on_what_else_is_asked(any_engine, name, query):
    signal, encoded = any_engine.signals[name], any_engine.encode(query)
    scores = signal.score(encoded, np.arange(8))
    assert scores.shape == (8,)
    assert scores.dtype == np.float32
    assert not np.isinf(scores).any()
    for rows in ([7, 6, 5, 4, 3, 2, 1, 0], [3], [5, 1, 6], []):
        asked = signal.score(encoded, np.array(rows, dtype=np.int64))
        assert asked.shape == (len(rows),)
        np.testing.assert_allclose(asked, scores[rows], atol=1e-6)


@every_signal
@every_query
def test_evidence_is_one_reason_a_row(any_engine, name, query):
    rows = np.array([6, 0, 7])
    evidence = any_engine.signals[name].evidence(any_engine.encode(query), rows)
    assert len(evidence) == 3
    assert all(isinstance(reason, Reason) for reason in evidence)


@every_signal
@every_query
def test_a_signal_changes_nothing_that_it_reads(any_engine, name, query):
    workspace, signal = any_engine.workspace, any_engine.signals[name]
    encoded = any_engine.encode(query)
    arrays = [
        workspace.vectors, workspace.catalogue.likes, encoded.feedback, encoded.clause_vectors,
        encoded.stated, encoded.in_time, encoded.penalty,
    ]  # fmt: skip
    rows = np.arange(8)
    before = [array.copy() for array in (*arrays, rows)]
    items = workspace.catalogue.items.copy(deep=True)
    signal.propose(encoded, 5)
    signal.score(encoded, rows)
    signal.evidence(encoded, rows)
    for array, copy in zip((*arrays, rows), before, strict=True):
        np.testing.assert_array_equal(array, copy)
    assert workspace.catalogue.items.equals(items)


@every_signal
@every_query
def test_how_far_a_signal_is_listened_to_lies_between_0_and_1(any_engine, name, query):
    assert 0 <= any_engine.emphasis(name, any_engine.encode(query)) <= 1


def test_a_query_is_equal_to_itself_alone(engine):
    """As the key of what was scored for it: the same words with other feedback are another."""
    query = EncodedQuery("space", feedback=np.eye(8, dtype=np.float32)[0])
    other = EncodedQuery("space", feedback=np.eye(8, dtype=np.float32)[4])
    signal = engine.signals["described"]
    assert signal.score(query, np.arange(8)).argmax() == 0
    assert signal.score(other, np.arange(8)).argmax() == 4
    assert query != other
    assert len({query, other}) == 2


@every_signal
@pytest.mark.parametrize("text", ["space", "love and a ghost", "Maker of tin", "zzz"])
def test_what_is_proposed_first_scores_highest(any_engine, name, text):
    signal, encoded = (
        any_engine.signals[name],
        any_engine.encode(Query(text, liked=(1,), disliked=(2,))),
    )
    scores = signal.score(encoded, signal.propose(encoded, 8))
    assert (np.diff(scores) <= 1e-6).all()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("space", ["star"]),
        ("robot", ["tin"]),
        ("heist", ["vault"]),
        ("horse", ["mare"]),
        ("ghost", ["attic", "moon"]),
        ("a heist in space", ["orbit"]),
        ("love and a ghost", ["moon"]),
    ],
)
def test_content_puts_what_is_wanted_first(engine, text, first):
    assert order(engine, "content", Query(text))[: len(first)] == first


def test_content_lowers_exactly_what_matches_a_clause_that_is_turned_down(engine):
    plain = scores_of(engine, "content", Query("romance"))
    refused = scores_of(engine, "content", Query("romance, no ghosts"))
    lowered = engine.workspace.catalogue.items["id"][refused < plain - 1e-6].tolist()
    assert lowered == ["attic", "moon"]
    others = [0, 1, 2, 3, 5, 6]
    np.testing.assert_allclose(refused[others], plain[others], atol=1e-6)


def test_content_puts_what_is_turned_down_last_when_nothing_is_wanted(engine):
    assert set(order(engine, "content", Query("no ghosts"))[-2:]) == {"attic", "moon"}
    rows = engine.signals["content"].propose(engine.encode(Query("no ghosts")), 5)
    assert not {4, 7} & set(rows.tolist())


def test_content_is_pulled_by_likes_and_pushed_by_dislikes(engine):
    plain = scores_of(engine, "content", Query("space"))
    liked = scores_of(engine, "content", Query("space", liked=(5,)))
    disliked = scores_of(engine, "content", Query("space", disliked=(5,)))
    assert liked[5] > plain[5] > disliked[5]


def test_content_names_the_clause_that_is_nearest(engine):
    evidence = engine.signals["content"].evidence(
        engine.encode(Query("a heist, a horse, no ghost")), np.array([2, 5])
    )
    assert told(evidence) == ["close in meaning to “a heist”", "close in meaning to “a horse”"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Maker of letters", "letters"),
        ("MAKER OF ATTIC", "attic"),
        ("solitude", "star"),
        ("harbours", "star"),
        ("grey horse", "mare"),
        ("a cellar, no robots", "attic"),
        ("horror", "attic"),
    ],
)
def test_lexical_finds_an_item_by_its_words(engine, text, first):
    assert order(engine, "lexical", Query(text))[0] == first
    proposed = engine.signals["lexical"].propose(engine.encode(Query(text)), 1)
    assert engine.workspace.catalogue.items.loc[proposed[0], "id"] == first


def test_lexical_gives_nothing_for_a_word_that_is_turned_down(engine):
    with_, without = (
        scores_of(engine, "lexical", Query(text)) for text in ("cellar", "cellar, no robots")
    )
    np.testing.assert_array_equal(with_, without)
    assert np.isnan(scores_of(engine, "lexical", Query("no robots"))).all()


@pytest.mark.parametrize("text", ["xylophone", "nothing with a ghost", "the of and", "愛", "a"])
def test_lexical_has_no_opinion_without_a_word_it_knows(engine, text):
    encoded = engine.encode(Query(text))
    assert np.isnan(engine.signals["lexical"].score(encoded, np.arange(8))).all()
    assert len(engine.signals["lexical"].propose(encoded, 8)) == 0
    assert told(engine.signals["lexical"].evidence(encoded, np.arange(8))) == [""] * 8


def test_lexical_shows_the_words_as_they_were_typed(engine):
    evidence = engine.signals["lexical"].evidence(
        engine.encode(Query("Robots and heists, no space")), np.array([1, 6, 0])
    )
    assert told(evidence) == ["words in common: Robots", "words in common: Robots, heists", ""]


def test_popularity_is_the_logarithm_of_even_likes_and_their_mean(engine):
    """Of eight people one likes 6 items, one 4, two 3 and four star alone: a like of theirs is
    worth 1 / root 6, 1 / 2, 1 / root 3 and 1."""
    scores = scores_of(engine, "popularity", Query("space"))
    six, four, three = 6**-0.5, 0.5, 3**-0.5
    vault = six + four + 2 * three
    even = [vault + 4, vault, vault, six + four, six, six, 0, 0]
    expected = [math.log(likes + sum(even) / 8) for likes in even]
    np.testing.assert_allclose(scores, expected, rtol=1e-6)
    assert expected[0] == pytest.approx(2.021832, abs=1e-6)
    proposed = engine.signals["popularity"].propose(engine.encode(Query("space")), 4)
    assert proposed.tolist() == [0, 1, 2, 3]
    evidence = engine.signals["popularity"].evidence(engine.encode(Query("space")), proposed[[0]])
    assert told(evidence) == ["liked by 8 people"]


def test_popularity_has_no_opinion_where_nobody_likes_anything(root):
    engine = Engine(build("quiet", tables(likes={}), FakeEncoder()), FakeEncoder())
    assert np.isnan(scores_of(engine, "popularity", Query("space"))).all()
    assert len(engine.signals["popularity"].propose(engine.encode(Query("space")), 8)) == 0


def test_one_person_is_not_people(engine):
    encoded = engine.encode(Query("space"))
    assert told(engine.signals["popularity"].evidence(encoded, np.array([4]))) == [
        "liked by 1 person"
    ]


SIMILAR = [
    # star is the direction of space; what each measure says of two items, worked by hand below
    ("cosine", lambda x, p: x @ p / np.linalg.norm(x)),
    ("dot", lambda x, p: x @ p),
    ("euclidean", lambda x, p: -np.sqrt(((x - p) ** 2).sum())),
    ("manhattan", lambda x, p: -np.abs(x - p).sum() / np.sqrt(len(p))),
]


@pytest.mark.parametrize(("measure", "formula"), SIMILAR, ids=[name for name, _ in SIMILAR])
def test_content_measures_similarity_as_it_is_told(engine, measure, formula):
    query = engine.encode(Query("heist"), measure)
    part = query.clause_vectors[0]
    items = engine.workspace.vectors * engine.workspace.lengths[:, None]  # (8, d), centred
    expected = [formula(item, part) for item in items]
    scores = engine.signals["content"].score(query, np.arange(8))
    np.testing.assert_allclose(scores, expected, atol=1e-5)


def test_content_is_a_soft_maximum_over_the_parts(engine):
    """Two parts of similarities a and b: .1 log((exp(10 a) + exp(10 b)) / 2)."""
    query = engine.encode(Query("heist, horse"))
    near = engine.workspace.vectors @ query.clause_vectors.T
    expected = 0.1 * np.log(np.exp(near / 0.1).mean(axis=1))
    scores = engine.signals["content"].score(query, np.arange(8))
    np.testing.assert_allclose(scores, expected, atol=1e-5)
    assert {2, 5} <= set(np.argsort(-scores)[:3].tolist())  # both sides are found


def test_a_short_text_is_the_description_of_what_all_sides_propose(engine):
    short = engine.encode(Query("a ghost in the cellar"))
    signal = engine.signals["described"]
    np.testing.assert_array_equal(signal.score(short, np.arange(8)), short.feedback)
    assert signal.propose(short, 1).tolist() == [4]
    assert told(signal.evidence(short, np.array([4, 0]))) == ["", ""]  # none repeats its own words
    assert signal.emphasis(short) == pytest.approx(1 / (1 + math.exp(-4.5)))  # 5 words, 9 below 14
    # each signal's proposals weigh 1 in sum
    sides = sum(len(engine.signals[s].propose(short, 8)) > 1 for s in ("content", "lexical"))
    assert short.feedback.sum() == pytest.approx(sides, abs=1e-5)


def test_a_long_text_that_repeats_an_item_describes_it_and_no_other(workspace):
    own = (
        "A ghost haunts the cellar of an old house, and nobody who sleeps there wakes up as before."
    )
    items = workspace.catalogue.items.copy()
    items.loc[4, "text"] = own
    catalogue = SimpleNamespace(items=items)
    signal = signals()["described"].Signal(SimpleNamespace(catalogue=catalogue))
    feedback = np.array([0, 0, 0.2, 0, 0.1, 0, 0, 0.3], np.float32)
    clauses = (Clause(own),)

    def scores(text):
        said = EncodedQuery(text, clauses=(Clause(text),), feedback=feedback)
        return signal.score(said, np.arange(8))

    assert scores(own).tolist() == [0, 0, 0, 0, 1, 0, 0, 0]
    assert scores(own.upper()).tolist() == [0, 0, 0, 0, 1, 0, 0, 0]
    quoted = EncodedQuery(own, clauses=clauses, feedback=feedback)
    assert signal.propose(quoted, 3).tolist() == [4]
    reasons = told(signal.evidence(quoted, np.array([7, 4])))
    assert reasons == ["", "the words are its own description"]
    assert signal.emphasis(quoted) == 1  # long as it is
    # 16 runs of four words; of a text twice as long they are not half any more.
    other = (
        "I also like long walks, slow trains, tea in the evening and letters from far away places."
    )
    for text in (f"{own} {other}", " ".join(reversed(own.split()))):
        np.testing.assert_array_equal(scores(text), feedback)
        said = EncodedQuery(text, clauses=(Clause(text),), feedback=feedback)
        assert told(signal.evidence(said, np.arange(8))) == [""] * 8
        words = len(text.split())
        assert signal.emphasis(said) == pytest.approx(1 / (1 + math.exp((words - 14) / 2)))


def test_what_speaks_of_a_person_hardly_describes_an_item(engine):
    """17 words, three above 14; twice as many again count for next to nothing."""
    text = "I like slow stories about space and robots, and also quiet ones with a horse in it"
    signal = engine.signals["described"]
    assert signal.emphasis(engine.encode(Query(text))) == pytest.approx(1 / (1 + math.exp(1.5)))
    assert signal.emphasis(engine.encode(Query(f"{text}. {text}. {text}"))) < 1e-4


def test_what_is_not_of_the_time_that_is_said_is_not_described(workspace):
    """The feedback times how well the year fits; where a time is only turned down, by the rest."""
    signal = signals()["described"].Signal(workspace)
    feedback = np.full(8, 0.5, np.float32)

    def scores(in_time):
        said = EncodedQuery(
            "ghost", clauses=(Clause("ghost"),), feedback=feedback, in_time=np.array(in_time)
        )
        return signal.score(said, np.arange(8)).tolist()

    assert scores([1, 0.5, 0, -1, 0, 0, 0, 0]) == [0.5, 0.25, 0, 0, 0, 0, 0, 0]
    assert scores([0, -1, 0, 0, 0, 0, 0, 0]) == [0.5, 0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
    assert scores([np.nan] * 8) == [0.5] * 8


def test_what_is_only_turned_down_describes_no_item(engine):
    encoded = engine.encode(Query("no ghost"))
    assert np.isnan(engine.signals["described"].score(encoded, np.arange(8))).all()
    assert len(engine.signals["described"].propose(encoded, 8)) == 0


def test_behaviour_is_listened_to_the_more_the_more_is_liked(workspace):
    signal = signals()["behaviour"].Signal(workspace)
    heard = [signal.emphasis(EncodedQuery("space", liked=tuple(range(n)))) for n in (0, 1, 3)]
    assert heard == pytest.approx([0.2, 0.6, 0.8])
