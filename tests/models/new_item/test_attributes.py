"""What a new item is: F1 by hand, which labels are predicted, and probabilities that hold."""

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from recsys.building.build import build
from recsys.models.new_item import attributes as item_attributes
from recsys.models.new_item import kernel as item_kernel
from recsys.models.new_item.attributes import Config, ItemAttributes, macro_f1, micro_f1
from recsys.models.new_item.kernel import ItemKernel
from recsys.models.new_item.tf_idf import title_and_text, unit_rows
from tests.worlds import PLACES, FakeEncoder, shelf

SAID = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 0]], bool)
TRUE = np.array([[1, 0, 0], [1, 0, 0], [1, 1, 0]], bool)


def test_micro_f1_is_of_all_decisions():
    """Three hits; four said, four true: 6 / 8."""
    assert micro_f1(SAID, TRUE) == pytest.approx(6 / 8)
    assert micro_f1(TRUE, TRUE) == 1
    assert micro_f1(~TRUE, TRUE) == 0
    assert micro_f1(TRUE & False, TRUE & False) == 0


def test_macro_f1_is_the_mean_of_the_labels_that_something_has():
    """First: two hits, two said, three true: 4 / 5. Second: one, two, one: 2 / 3. No third."""
    assert macro_f1(SAID, TRUE) == pytest.approx((4 / 5 + 2 / 3) / 2)


@given(st.integers(0, 10_000))
def test_f1_is_the_harmonic_mean_of_precision_and_recall(seed):
    said, true = np.random.default_rng(seed).random((2, 6, 4)) < 0.6
    precision, recall = (said & true).sum() / said.sum(), (said & true).sum() / true.sum()
    both = 2 * precision * recall / max(precision + recall, 1e-12)
    assert micro_f1(said, true) == pytest.approx(both)
    assert 0 <= macro_f1(said, true) <= 1


def test_the_text_that_is_read_says_nothing_of_the_categories():
    assert title_and_text("Ran", "A lord divides his realm.") == "Ran. A lord divides his realm."


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(tmp_path_factory.mktemp("attributes")))
        return build("shelf", shelf(), FakeEncoder())


@pytest.fixture(scope="module")
def kernel(workspace):
    return ItemKernel(workspace, item_kernel.fit(workspace))


def texts(workspace, rows):
    items = workspace.catalogue.items.iloc[rows]
    return FakeEncoder().encode(
        [title_and_text(*pair) for pair in zip(items.title, items.text, strict=True)]
    )


def silent(kernel, count):
    """(count, all labels): texts that name nothing."""
    return sparse.csr_array((count, len(kernel.labels)), dtype=np.float32)


@pytest.fixture(scope="module")
def model(workspace, kernel):
    every = np.arange(40)
    arrays = item_attributes.fit(kernel, every, texts(workspace, every), silent(kernel, 40))
    return ItemAttributes(arrays, kernel)


def test_labels_of_ten_items_are_predicted_and_no_people(kernel, model):
    """Calm are only four; of each sort there are ten, of each director, too."""
    assert {"calm", "ada vale"} < set(kernel.labels.index)
    assert sorted(model.labels["name"]) == sorted(
        "Science fiction|Horror|Crime|Western|stars|haunting|robbery|frontier|1960s|1970s|1980s"
        "|1990s|tense|Norland|Sudland".split("|")
    )
    assert (kernel.tied.sum(axis=0)[model.codes] >= Config().min_items).all()


def test_a_label_that_all_have_is_no_news(workspace, kernel):
    """Among the ten of one sort its own labels are no question any more, nor those of others."""
    own, few = texts(workspace, np.arange(10)), Config(min_items=4)
    arrays = item_attributes.fit(kernel, np.arange(10), own, silent(kernel, 10), few)
    names = ItemAttributes(arrays, kernel, few).labels["name"]
    assert set(names) == {"tense", "Norland", "Sudland"}


def test_nothing_is_learned_where_no_label_has_enough(workspace, kernel):
    rows = np.array([0, 1, 10, 11])
    assert item_attributes.fit(kernel, rows, texts(workspace, rows), silent(kernel, 4)) == {}


def test_one_threshold_serves_all_labels_of_a_relation(model):
    each = model.labels.groupby("relation")["threshold"].nunique()
    assert (each == 1).all()
    assert set(model.labels["threshold"]) <= set(Config().thresholds.astype(np.float32))


def test_the_threshold_is_the_one_that_serves_best_what_is_left_out():
    """No other would have given the 50 items, each really left out, a larger micro F1."""
    kernel, vectors, truth = simulate(seed=1, items=50)
    every = np.arange(50)
    arrays = item_attributes.fit(kernel, every, vectors, silent(kernel, 50))
    left = []
    for row in every:
        others = np.delete(every, row)
        fitted = item_attributes.fit(kernel, others, vectors[others], silent(kernel, 49))
        one = kernel.features.words[[row]]
        model = ItemAttributes(fitted, kernel)
        left.append(model.probabilities(vectors[[row]], one, silent(kernel, 1))[0])
    relation = kernel.labels["relation"].to_numpy()[arrays["codes"]]
    for name in set(relation):
        part = relation == name
        found, true = np.stack(left)[:, part], truth[:, arrays["codes"][part]] > 0
        scores = [micro_f1(found >= t, true) for t in Config().thresholds]
        assert micro_f1(found >= arrays["threshold"][part], true) > max(scores) - 0.05


def test_items_that_were_not_learned_from_are_told_what_they_are(workspace, kernel):
    new = np.array([0, 10, 20, 30])
    known = np.setdiff1d(np.arange(40), new)
    config = Config(min_items=9)
    arrays = item_attributes.fit(kernel, known, texts(workspace, known), silent(kernel, 36), config)
    model = ItemAttributes(arrays, kernel)
    assert arrays["known"].tolist() == known.tolist()
    words, none = kernel.features.words[new], silent(kernel, 4)
    probabilities = model.probabilities(texts(workspace, new), words, none)
    for row, own in zip(new, probabilities, strict=True):
        table = model.predicted(own, silent(kernel, 1))
        sort = table[table["relation"] == "category"]
        assert (sort["name"].iloc[0],) == workspace.catalogue.items["categories"][row]
        assert sort["predicted"].tolist() == [True, False, False, False]


@pytest.mark.parametrize(
    ("topic", "category", "theme"),
    [("ghost", "Horror", "haunting"), ("horse", "Western", "frontier")],
)
def test_a_new_text_is_told_what_it_is(kernel, model, topic, category, theme):
    title, text = "Nobody", f"There was a {topic}, and in the end another {topic}."
    vectors = FakeEncoder().encode([title_and_text(title, text)])
    none = silent(kernel, 1)
    probabilities = model.probabilities(vectors, kernel.words([title], [text]), none)
    table = model.predicted(probabilities[0], none)
    assert (table["probability"].diff().dropna() <= 0).all()
    said = set(table["name"][table["predicted"]])
    assert {category, theme} <= said
    assert not said & ({"Horror", "Western", "Crime", "Science fiction"} - {category})
    assert kernel.labels["name"].iloc[table["code"]].tolist() == table["name"].tolist()


def simulate(seed=0, items=900):
    """Items that say 12 of 60 words; four labels of two relations, and which words speak for them.

    One label is rare. Nothing else ties the kernel to anything.
    """
    rng = np.random.default_rng(seed)
    said = np.zeros((items, 60), np.float32)
    for row in said:
        row[rng.choice(60, 12, replace=False)] = 1
    text_vectors = rng.normal(size=(items, 6)).astype(np.float32)
    pull = rng.normal(size=(60, 4)) * 1.2
    odds = said @ pull
    odds += np.log([0.4, 0.25, 0.4, 0.06]) - odds.mean(axis=0)
    truth = (rng.random((items, 4)) < 1 / (1 + np.exp(-odds))).astype(np.float32)
    labels = pd.DataFrame(
        {"name": ["sad", "loud", "sea", "war"], "relation": ["has_mood"] * 2 + ["has_theme"] * 2},
        index=["sad", "loud", "sea", "war"],
    )
    words = unit_rows(sparse.csr_array(said))
    features = SimpleNamespace(words=words)
    kernel = SimpleNamespace(tied=sparse.csr_array(truth), labels=labels, features=features)
    return kernel, text_vectors, truth


@pytest.fixture(scope="module")
def simulation():
    kernel, text_vectors, truth = simulate()
    known = np.arange(500)
    arrays = item_attributes.fit(kernel, known, text_vectors[known], silent(kernel, 500))
    return kernel, text_vectors, truth, arrays, ItemAttributes(arrays, kernel)


@pytest.fixture(scope="module")
def predicted(simulation):
    kernel, text_vectors, truth, _, model = simulation
    new = np.arange(500, 900)
    words, none = kernel.features.words[new], silent(kernel, 400)
    return model.probabilities(text_vectors[new], words, none), truth[new] > 0


def test_probabilities_are_calibrated_on_new_items(predicted):
    """Among those of about the same probability, that share has the label; rare labels, too."""
    probabilities, truth = predicted
    assert ((probabilities >= 0) & (probabilities <= 1)).all()
    edges = np.quantile(probabilities, np.linspace(0, 1, 6))
    for low, high in pairwise(edges):
        own = (probabilities >= low) & (probabilities <= high)
        assert truth[own].mean() == pytest.approx(probabilities[own].mean(), abs=0.07)
    np.testing.assert_allclose(probabilities.mean(axis=0), truth.mean(axis=0), atol=0.06)


def test_new_items_are_told_better_than_by_how_common_a_label_is(predicted, simulation):
    probabilities, truth = predicted
    thresholds = simulation[3]["threshold"]
    usual = np.broadcast_to(truth.mean(axis=0), truth.shape)
    best = max(micro_f1(usual >= t, truth) for t in Config().thresholds)
    assert micro_f1(probabilities >= thresholds, truth) > best + 0.1
    for label in range(4):
        has, lacks = (probabilities[truth[:, label] == own, label].mean() for own in (True, False))
        assert has > lacks


def test_the_meaning_says_something_where_the_words_say_nothing():
    """All texts mean much the same; a little to one side are those of the sea."""
    rng = np.random.default_rng(0)
    side = np.tile([1, -1], 40)
    vectors = np.array([5.0, 0, 0]) + 0.3 * rng.normal(size=(80, 3))
    vectors[:, 1] += side
    tied = sparse.csr_array((side > 0).astype(np.float32)[:, None])
    labels = pd.DataFrame({"name": ["sea"], "relation": ["has_theme"]}, index=["sea"])
    words = sparse.csr_array((80, 4), dtype=np.float32)
    kernel = SimpleNamespace(tied=tied, labels=labels, features=SimpleNamespace(words=words))
    arrays = item_attributes.fit(kernel, np.arange(80), vectors, silent(kernel, 80))
    sides, none = np.array([[5.0, 1, 0], [5, -1, 0]]), silent(kernel, 2)
    probabilities = ItemAttributes(arrays, kernel).probabilities(sides, words[[0, 1]], none)
    assert probabilities[0, 0] > 0.9 > 0.1 > probabilities[1, 0]


def test_what_is_predicted_reaches_the_threshold_and_what_is_likely_a_half(simulation):
    kernel, model = simulation[0], simulation[4]
    none, threshold = silent(kernel, 1), model.labels["threshold"].to_numpy()
    assert model.predicted(threshold, none).set_index("name")["predicted"].all()
    assert not model.predicted(threshold - 1e-3, none)["predicted"].any()
    halves = model.predicted(np.array([0.5, 0.49, 0.5, 0.0]), none).set_index("name")
    assert halves["likely"].to_dict() == {"sad": True, "sea": True, "loud": False, "war": False}
    assert not halves["named"].any()


def test_the_places_of_the_shelf_are_no_labels(kernel):
    assert not set(PLACES) & set(kernel.labels.index)
