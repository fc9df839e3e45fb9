"""Protocols in a world of 6 users and 8 items, against figures worked out on paper.

A film's raw vector has, for each topic, how often its word stands there plus 0.1:

    star     space 3          vault    heist 2          attic    ghost 2    orbit  space, robot,
    tin      robot 2, love 1  letters  love 3           mare     horse 2           heist 1 each
                                                        moon     love, ghost 1 each
"""

import json

import numpy as np
import pandas as pd
import pytest

from recsys.building.build import build
from recsys.errors import DataError, QueryError
from recsys.evaluation import holdout
from recsys.evaluation.cases import Case, CaseRun, likes_only_query, rankers, run_cases
from recsys.evaluation.measures import measured
from recsys.evaluation.people import Skipped
from recsys.evaluation.report import summary
from recsys.fusion import fusions
from recsys.models import TrainingContext, behaviour, on_request
from recsys.protocols.conversation import conversation
from recsys.protocols.dialogues import dialogues
from recsys.protocols.new_item import new_item
from recsys.protocols.new_user import new_user
from recsys.protocols.personas import personas
from recsys.protocols.warm import _cases, _last, warm
from recsys.ranking.engine import Engine
from recsys.reports.store import write
from recsys.signals import signals
from recsys.store.workspace import Workspace
from tests.worlds import FakeEncoder, tables

HALF, THIRD = 1 / np.log2(3), 1 / np.log2(4)
"""What a hit at the second and the third place counts."""

RATINGS = """
    a star 5   a vault 4  a letters 5  a tin 5
    b vault 5  b tin 4    b star 4     b letters 2
    c vault 4  c star 5
    d star 4
    e letters 4  e star 5  e tin 2  e vault 3.5  e moon 3
    f star 5  f vault 5  f letters 4  f tin 1
"""
"""User, item and rating, each user's in the order of time."""

PROFILES = [{"userId": "e", "profile": "love"}, {"userId": "f", "profile": "heist"}]
PARTS = """userId,movieId,part
e,star,seen
e,letters,hidden
e,tin,hidden
e,vault,hidden
e,moon,hidden
f,star,seen
f,vault,hidden
f,letters,hidden
f,tin,hidden
"""


def world(said, root=None):
    """An engine over the small catalogue, in which ``said`` are all ratings."""
    words = said.split()
    own = pd.DataFrame(
        {
            "user": words[::3],
            "item": words[1::3],
            "rating": np.array(words[2::3], dtype=float),
            "timestamp": range(len(words) // 3),
        }
    )
    base = tables()
    full = type(base)(base.items, own, base.triples, base.about)
    return Engine(build("six", full, FakeEncoder()), FakeEncoder())


@pytest.fixture
def six():
    return world(RATINGS)


@pytest.fixture
def files(tmp_path):
    """Profiles and ratings of the two held-out users."""
    profiles, ratings = tmp_path / "profiles.jsonl", tmp_path / "ratings.csv"
    profiles.write_text("\n".join(map(json.dumps, PROFILES)))
    ratings.write_text(PARTS)
    return profiles, ratings


def means(report, metric):
    return {line["name"]: line[metric]["mean"] for line in report["strategies"]}


MEASURED = signals().keys() - on_request()
"""The signals that need no model that no build trains."""

EVERY = {"default", "plain cosine", "random"} | MEASURED | fusions().keys()


def test_new_user_on_paper(six, files):
    """Without e and f: star has 4 likes, vault 3, tin 2, letters 1, the rest none.

    e (not star; relevant letters; disliked tin, moon; vault at 3.5 is neither). Popularity: vault,
    tin, letters: NDCG 1 / log2 4; letters beats moon only. Cosine: letters is first of all.
    f (not star; relevant vault, letters; disliked tin). Popularity: vault, tin, letters. Cosine to
    heist: vault .98, orbit .66, moon .20, tin .17, mare and attic .15, letters .13: places 1 and 7.
    With the likes of e and f, letters would be above tin.
    """
    report = new_user(six, *files)
    assert (report["protocol"], report["workspace"], report["n"]) == ("new-user", "six", 2)
    assert report["users"] == ["e", "f"]
    assert {line["name"] for line in report["strategies"]} == EVERY
    both = 1 + HALF
    per_user = {line["name"]: line["per_user"] for line in report["strategies"]}
    assert per_user["popularity"]["ndcg@10"] == pytest.approx([THIRD, (1 + THIRD) / both], abs=1e-6)
    assert per_user["popularity"]["auc"] == [0.5, 0.5]
    assert per_user["plain cosine"]["ndcg@10"] == pytest.approx([1, (1 + 1 / 3) / both], abs=1e-6)
    assert per_user["plain cosine"]["auc"] == [1, 0.5]
    assert per_user["popularity"]["recall@100"] == [1, 1]
    assert means(report, "ndcg@10")["popularity"] == pytest.approx((THIRD + (1 + THIRD) / both) / 2)
    assert means(report, "auc")["plain cosine"] == 0.75


def test_each_fold_is_ranked_by_what_the_others_like_and_typed(six, files, tmp_path, monkeypatch):
    """For f, whose fold is another than e's, letters has the like of e, too: by root weights 1 / 2
    and 1 / root 2 are more than tin's 1 / 2 and 1 / root 3, so that both relevant are first."""
    lines = [line | {"fold": fold} for line, fold in zip(PROFILES, (3, 1), strict=True)]
    profiles = tmp_path / "folds.jsonl"
    profiles.write_text("\n".join(map(json.dumps, lines)))
    usual, met = holdout.restricted, []

    def restricted(engine, progress, users):
        other = usual(engine, progress, users=users)
        met.append((sorted(users), other.workspace.typed))
        return other

    monkeypatch.setattr(holdout, "restricted", restricted)
    report = new_user(six, profiles, files[1], folds=True)
    assert met == [(["f"], {"e": "love"}), (["e"], {"f": "heist"})]
    assert (report["n"], report["users"], report["folds"]) == (2, ["f", "e"], 2)
    popularity = next(line for line in report["strategies"] if line["name"] == "popularity")
    assert popularity["per_user"]["auc"][0] == 1
    assert popularity["per_user"]["ndcg@10"][0] == 1
    apart = new_user(six, profiles, files[1])
    assert (apart["users"], apart["folds"]) == (["f", "e"][::-1], 1)


def test_folds_are_several_whole_numbers(six, files, tmp_path):
    with pytest.raises(QueryError, match="The profiles are all of one fold"):
        new_user(six, *files, folds=True)
    profiles = tmp_path / "folds.jsonl"
    profiles.write_text(json.dumps(PROFILES[0] | {"fold": "x"}))
    with pytest.raises(DataError, match="line 1: 'fold' is 'x'; it must be a whole number"):
        new_user(six, profiles, files[1])


def test_the_learning_curve_adds_rows_with_and_without_the_text(six, files):
    report = new_user(six, *files, likes=[3, 0, 1], strategies=["popularity"])
    told = [(line["name"], line["likes"], line["text"]) for line in report["strategies"]]
    assert told == [
        ("default", 0, True),
        ("popularity", 0, True),
        ("default, 0 likes, no text", 0, False),
        ("default, 1 like, no text", 1, False),
        ("default, 1 like", 1, True),
        ("default, 3 likes, no text", 3, False),
        ("default, 3 likes", 3, True),
    ]
    # Nothing typed and nothing liked leaves popularity, and the only seen like, star, is all of 3.
    figures = means(report, "ndcg@10")
    assert figures["default, 0 likes, no text"] == figures["popularity"]
    assert figures["default, 1 like"] == figures["default, 3 likes"]


def test_what_cannot_be_used_is_counted_and_said(six, tmp_path):
    profiles, ratings, exclude = (tmp_path / name for name in ("p.jsonl", "r.csv", "x.csv"))
    extra = [{"userId": "c", "profile": "horse"}, {"userId": "zoe", "profile": "ghost"}]
    profiles.write_text("\n".join(map(json.dumps, [*PROFILES, *extra])))
    ratings.write_text(PARTS + "f,atlantis,hidden\nf,mare,hidden\nc,vault,seen\nd,star,seen\n")
    exclude.write_text("userId\nb\nnobody\n")
    report = new_user(six, profiles, ratings, exclude, strategies=["popularity"])
    assert report["notes"] == [
        "1 lines of the ratings are of users without a profile.",
        "1 rated items are not in the catalogue.",
        "1 rated items have no rating in the workspace.",
        "2 users have no relevant item and are left out.",
        "2 held-out users have no like in the workspace.",
    ]
    assert set(report["data"]) == {"profiles", "ratings", "exclude", "workspace"}
    # Of a and d alone: star 2, vault, tin and letters 1.
    assert report["n"] == 2


def test_nobody_left_to_measure_is_one_line(six, files, tmp_path):
    ratings = tmp_path / "none.csv"
    ratings.write_text("userId,movieId,part\ne,star,seen\n")
    with pytest.raises(DataError, match=r"^There is nobody to measure\. 2 users have no relevant"):
        new_user(six, files[0], ratings)


def test_a_conversation_begins_where_a_new_user_does(six, files):
    """With all that they typed and nothing asked yet the default ranks as for new users."""
    asked = conversation(six, *files, words=0)
    names = [line["name"] for line in asked["strategies"]]
    assert names[:2] == ["default", "asked well, 1 answer"]
    assert (len(names), names[-1]) == (8, "3 likes")
    told = new_user(six, *files)
    for metric in ("ndcg@10", "recall@100", "auc"):
        assert means(asked, metric)["default"] == means(told, metric)["default"]
    assert asked["users"] == told["users"]
    assert conversation(six, *files, words=0)["strategies"] == asked["strategies"]
    with pytest.raises(QueryError, match="--words is -1"):
        conversation(six, *files, words=-1)


def test_dialogues_by_their_first_sentences(six, tmp_path):
    """All of it is said in two sentences: with three, nothing more."""
    path = tmp_path / "dialogues.jsonl"
    line = {"id": 1, "text": "Something with a heist in it please. Or love, and more love!"}
    path.write_text(json.dumps(line | {"liked": [], "disliked": [], "relevant": ["letters"]}))
    report = dialogues(six, path, strategies=["default"], sentences=[1, 2, 3])
    names = ["default", *(f"default, {n}" for n in ("1 sentence", "2 sentences", "3 sentences"))]
    assert [line["name"] for line in report["strategies"]] == names
    rank = means(report, "mrr@10")
    assert rank["default, 1 sentence"] < rank["default, 2 sentences"]
    assert rank["default"] == rank["default, 2 sentences"] == rank["default, 3 sentences"]


def test_dialogues_on_paper(six, tmp_path):
    """Of all six: star has 6 likes, vault 4, letters 3, tin 2. Letters is named, so not ranked.

    Relevant are star and tin. Popularity: star, vault, tin. Cosine to love: moon, tin, ..., star.
    """
    path = tmp_path / "dialogues.jsonl"
    text = "we talked about films with love in them all night"
    said = [
        {
            "text": text,
            "liked": ["letters"],
            "disliked": [],
            "relevant": ["star", "tin", "letters"],
        },
        {"text": "love", "liked": [], "disliked": [], "relevant": ["star"]},
        {"text": text, "liked": [], "disliked": ["moon"], "relevant": ["moon", "atlantis"]},
    ]
    path.write_text("\n".join(json.dumps({"id": i} | line) for i, line in enumerate(said)))
    report = dialogues(six, path)
    assert {line["name"] for line in report["strategies"]} == EVERY
    assert (report["n"], report["users"]) == (1, ["0"])
    ndcg = means(report, "ndcg@10")
    assert ndcg["popularity"] == pytest.approx((1 + THIRD) / (1 + HALF))
    assert ndcg["plain cosine"] == pytest.approx((HALF + 1 / 3) / (1 + HALF))
    assert means(report, "mrr@10")["plain cosine"] == 0.5
    assert (
        set(means(report, "recall@10").values()) == set(means(report, "recall@50").values()) == {1}
    )
    assert report["notes"] == [
        "1 texts of fewer than 8 words are left out.",
        "1 relevant items are not in the catalogue.",
        "1 dialogues have no relevant item and are left out.",
    ]


def test_warm_on_paper(six):
    """The last likes: a tin, b star, c star, e star, f letters; d has but one like.

    Without them vault has 4 likes, star 3, letters 2, tin 1. So popularity finds tin first for a
    (star, vault and letters are known), star first for b and c (vault is known) and second for e,
    and letters first for f. b turned letters down, e tin and moon, f tin: all are below.
    """
    report = warm(six)
    assert {line["name"] for line in report["strategies"]} == EVERY
    assert report["users"] == ["a", "b", "c", "e", "f"]
    own = {line["name"]: line["per_user"] for line in report["strategies"]}["popularity"]
    assert own["ndcg@10"] == pytest.approx([1, 1, 1, HALF, 1], abs=1e-6)
    assert own["auc"] == [None, 1, None, 1, 1]
    assert means(report, "mrr@10")["popularity"] == pytest.approx(0.9)
    assert report["notes"] == ["1 users have fewer than two likes and are left out."]


def test_what_is_liked_is_told_in_the_order_in_which_it_was(six):
    rated = six.workspace.interactions.ratings
    last = _last(six, rated, Skipped())
    users = np.searchsorted(six.workspace.interactions.users.astype(str), last.index)
    cases = list(_cases(six, rated, users, last))
    orders = [list(case.query.liked) for case in cases]
    for case, order in zip(cases, orders, strict=True):
        own = rated[(rated["user"] == case.name) & (rated["rating"] >= 4)]
        assert order == own.sort_values("timestamp", kind="stable")["item"].tolist()
    assert any(order != sorted(order) for order in orders)


NEW_ITEMS = """
    a letters 5  a star 5  a moon 4
    b vault 5    b orbit 4
    c star 5     c moon 5
    d moon 5
    e star 4
    f mare 4     f moon 2
"""
SPLIT = "movieId,part\n" + "\n".join(
    f"{item},{part}"
    for item, part in {
        "star": "warm", "tin": "warm", "vault": "warm", "letters": "warm", "mare": "val",
        "attic": "test", "orbit": "test", "moon": "test", "atlantis": "test",
    }.items()
)  # fmt: skip


@pytest.fixture
def split(tmp_path):
    path = tmp_path / "split.csv"
    path.write_text(SPLIT)
    return path


def test_new_item_on_paper(split):
    """Of attic, orbit and moon, who likes letters and star (a) gets moon, orbit by the raw cosine;
    who likes vault (b) orbit; who likes star (c) orbit, moon. d likes nothing but moon."""
    report = new_item(world(NEW_ITEMS), split)
    assert {line["name"] for line in report["strategies"]} == EVERY | {"centred cosine"}
    assert (report["users"], report["part"]) == (["a", "b", "c"], "test")
    own = {line["name"]: line["per_user"] for line in report["strategies"]}
    assert own["plain cosine"]["ndcg@20"] == pytest.approx([1, 1, HALF], abs=1e-6)
    assert own["plain cosine"]["recall@20"] == [1, 1, 1]
    assert report["notes"] == [
        "1 items are not in the catalogue.",
        "1 users like nothing but new items and are left out.",
    ]


def test_a_trained_scorer_of_new_items_is_measured_like_the_rest(split):
    met = []

    def train(workspace, encoder, progress):
        met.append(workspace.interactions.likes[:, 4:].nnz)  # mare, attic, orbit and moon are new
        return lambda rows: np.tile(rows.astype(float), (6, 1))  # moon, orbit, attic for everyone

    report = new_item(world(NEW_ITEMS), split, trainers={"default": train})
    own = {line["name"]: line["per_user"] for line in report["strategies"]}
    assert own["default"]["ndcg@20"] == pytest.approx([1, HALF, 1], abs=1e-6)
    assert met == [0]


def test_folds_take_every_item_as_new_once():
    engine = world(NEW_ITEMS)
    report = new_item(engine, folds=4, strategies=["random"])
    assert report["folds"] == 4
    # a has three likes, b and c two each; those of d, e and f have no other like to go by.
    assert set(report["users"]) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("text", "settings", "words"),
    [
        ("movieId,part\nstar,warm\n", {}, "no item of this catalogue in the part test"),
        ("movieId,part\nx,test\nstar,warm\n", {}, "no item of this catalogue in the part test"),
        ("movieId,part\nstar,test\n", {}, "in the part warm to learn from"),
        ("movieId,part\nstar,warm\nattic,test\n", {}, "nobody to measure"),
        (SPLIT, {"part": "warm"}, "part is 'warm'; it must be val or test"),
        (SPLIT, {"folds": 3}, "either a split file or a number of folds"),
    ],
)
def test_an_unusable_split_is_one_line(tmp_path, text, settings, words):
    path = tmp_path / "split.csv"
    path.write_text(text)
    with pytest.raises((DataError, QueryError), match=words) as caught:
        new_item(world(NEW_ITEMS), path, **settings)
    assert "\n" not in str(caught.value)


def test_a_leak_in_the_likes_is_caught(six, files, monkeypatch):
    monkeypatch.setattr(Workspace, "without", lambda self, users=(), items=(): self)
    with pytest.raises(DataError, match="The held-out user 'e' is among those learned from"):
        new_user(six, *files)


def test_a_leak_of_new_items_is_caught(split, monkeypatch):
    monkeypatch.setattr(Workspace, "without", lambda self, users=(), items=(): self)
    with pytest.raises(DataError, match="A like of a held-out item"):
        new_item(world(NEW_ITEMS), split)


@pytest.mark.parametrize("protocol", [new_user, warm])
def test_a_model_that_learned_before_the_others_left_is_caught(six, files, monkeypatch, protocol):
    config = behaviour.Config(min_likes=1)
    monkeypatch.setattr(behaviour, "Config", lambda: config)
    learned = behaviour.fit(six.workspace, config, TrainingContext(six.encoder, list, dict))
    given = files if protocol is new_user else ()
    protocol(six, *given, strategies=["behaviour"])  # a clean run passes
    monkeypatch.setattr(behaviour, "fit", lambda *_: learned)
    with pytest.raises(DataError, match="The model behaviour learned from a history that is held"):
        protocol(six, *given)


def test_a_model_of_the_whole_workspace_is_caught(six, files, monkeypatch):
    six.workspace.models["gate"] = {"b2": np.zeros(1)}
    monkeypatch.setattr(holdout, "train", lambda *_: six.workspace.models)
    with pytest.raises(DataError, match="The model gate was trained before anything was held out"):
        new_user(six, *files)


def test_the_same_run_gives_the_same_figures(six, files):
    first, second = (new_user(six, *files, likes=[1]) for _ in range(2))
    for line in (first, second):
        del line["seconds"], line["made"]
    assert first == second


def test_an_unknown_strategy_is_named_with_those_there_are(six, files):
    with pytest.raises(QueryError, match=r"no strategy called 'magic'\. There are: default, "):
        new_user(six, *files, strategies=["magic"])


def test_slices_and_comparisons_on_paper(six, files):
    """Popularity, as above: e finds letters third; f vault first and letters third.

    In the workspace letters has 3 likes and vault 4: both are in the band of 1 to 9.
    """
    report = new_user(six, *files)
    line = next(line for line in report["strategies"] if line["name"] == "popularity")
    (cold,) = line["slices"]["known"]
    assert (cold["name"], cold["n"]) == ("cold", 2)
    assert cold["ndcg@10"] == line["ndcg@10"]
    (band,) = line["slices"]["likes"]
    assert (band["name"], band["n"]) == ("1 to 9", 2)
    kinds = {part["name"]: part for part in line["slices"]["category"]}
    assert kinds.keys() == {"Crime", "Romance"}  # vault, letters
    assert (kinds["Crime"]["n"], kinds["Crime"]["ndcg@10"]["mean"]) == (1, 1)
    assert (kinds["Romance"]["n"], kinds["Romance"]["ndcg@10"]["mean"]) == (2, THIRD)
    compared = {one["name"]: one for one in report["paired"]["ndcg@10"]}
    assert compared.keys() == EVERY - {"default"}
    ours, theirs = (means(report, "ndcg@10")[name] for name in ("popularity", "default"))
    assert compared["popularity"]["mean"] == pytest.approx(ours - theirs)
    assert compared["weighted"]["p_holm"] == 1  # the default is the weighted sum


def test_lists_are_described(six, files):
    """Popularity shows f and e the same seven films, of eight with star, which nobody is shown."""
    report = new_user(six, *files)
    found = next(one["lists"] for one in report["strategies"] if one["name"] == "popularity")
    assert found["distinct@10"] == 7
    assert found["overlap@10"] == found["coverage@10"] == found["head@10"]["mean"] == 1


def test_a_report_says_how_it_was_made(six, files, tmp_path):
    report = new_user(six, *files)
    assert report["data"]["profiles"]["file"] == "profiles.jsonl"
    assert len(report["data"]["ratings"]["blake2b"]) == 32
    assert report["versions"].keys() >= {"thaw", "python", "numpy", "torch"}
    assert "cores" in report["machine"]
    path = tmp_path / "report.json"
    write(report, path)
    assert json.loads(path.read_text()) == report
    assert summary(report).keys() == {"protocol", "workspace", "n", "strategies"}
    assert summary(report)["strategies"][0].keys() == {
        "name", "ndcg@10", "recall@100", "auc",
    }  # fmt: skip


@pytest.mark.parametrize("name", [".", "nowhere/report.json"])
def test_a_report_that_cannot_be_written_leaves_nothing(tmp_path, name):
    folder = tmp_path / "reports"
    folder.mkdir()
    with pytest.raises(DataError, match="cannot be written"):
        write({"n": 1}, folder / name if name != "." else folder)
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]
    assert list(folder.iterdir()) == []


def test_a_signal_whose_model_is_not_trained_is_not_measured(six):
    assert "behaviour" in rankers(six)
    assert on_request().isdisjoint(rankers(six))
    trained = six.workspace.with_models({**six.workspace.models, "text_tower": {}})
    assert "text_tower" in rankers(Engine(trained, FakeEncoder()))


def test_ties_do_not_follow_the_order_of_the_catalogue(six):
    """Eight items of one score: each half of the catalogue has some of the first four places."""
    none = np.empty(0, dtype=np.int64)
    case = Case("x", likes_only_query(six, []), none, np.arange(8), np.arange(4), none)
    found = run_cases(six, [case], {"flat": lambda case, scores: np.zeros(8)}, lambda *_: None)
    assert 0 < (found["flat"][0].top[:4] < 4).sum() < 4
    assert np.isnan(found["flat"][0].auc)


def test_measures_come_from_positions():
    none = np.empty(0, dtype=np.int64)
    case = Case("x", None, none, np.arange(9), np.array([2, 5, 7]), none)
    answer = CaseRun(np.array([0, 4, 1]), none, 0.5)
    assert measured("recall@2", [case], [answer]).tolist() == pytest.approx([2 / 3])
    assert measured("precision@2", [case], [answer]).tolist() == [1]
    assert measured("auc", [case], [answer]).tolist() == [0.5]
    graded = Case("x", None, none, np.arange(9), np.array([2, 5]), none, np.array([1.0, 2.0]))
    swapped = CaseRun(np.array([0, 1]), none, 0.5)  # worth 1, then 2
    expected = (1 + 2 * HALF) / (2 + HALF)
    assert measured("ndcg@10", [graded], [swapped]).tolist() == pytest.approx([expected])


def test_a_gate_has_no_say_about_the_personas_it_learned_from(demo_engine):
    """The figures of attention are those of an engine that has no gate."""
    kept = demo_engine.workspace.models
    bare = {name: arrays for name, arrays in kept.items() if name != "gate"}
    engines = [
        Engine(demo_engine.workspace.with_models(models), demo_engine.encoder)
        for models in (bare, {**bare, "gate": {"b2": np.zeros(1)}})
    ]
    without, given = (personas(one, strategies=["attention"]) for one in engines)
    assert means(given, "ndcg@10") == means(without, "ndcg@10")
    assert "The likes here are drawn from these personas" in without["notes"][0]
    assert "The gate of attention" in given["notes"][1]
