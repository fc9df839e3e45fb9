"""The bundled films: whole, well formed, varied, and in agreement with published data."""

import csv
import json
import os
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
REFERENCE = HOME.parent / "shared" / "data"
EXCEPTIONS = Path(__file__).with_name("fact_exceptions.csv")
RELATIONS = {
    "acted_in_by", "based_on", "directed_by", "follows", "from_country", "from_decade",
    "has_genre", "has_mood", "has_theme", "set_in", "written_by",
}  # fmt: skip


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FILMS = table(HOME / "data" / "demo" / "items.csv")
TRIPLES = table(HOME / "data" / "demo" / "triples.csv")


def names(film, column):
    return film[column].split("|")


def test_no_id_appears_twice():
    assert [id_ for id_, times in Counter(film["id"] for film in FILMS).items() if times > 1] == []


def test_an_id_is_plain_and_ends_in_the_year():
    odd = [f for f in FILMS if not re.fullmatch(rf"[a-z0-9-]+-{f['year']}", f["id"])]
    assert odd == []


def test_no_cell_is_empty():
    rows = [*FILMS, *TRIPLES]
    empty = [
        (row, column)
        for row in rows
        for column, cell in row.items()
        if cell is None or not all(name.strip() for name in cell.split("|"))
    ]
    assert empty == []


def test_synopses_have_a_few_lines():
    words = {film["id"]: len(film["text"].split()) for film in FILMS}
    assert {id_: n for id_, n in words.items() if not 35 <= n <= 70} == {}


def test_no_two_synopses_open_alike():
    openings = Counter(" ".join(film["text"].lower().split()[:5]) for film in FILMS)
    assert [opening for opening, times in openings.items() if times > 1] == []


def test_years_span_a_century():
    years = [int(film["year"]) for film in FILMS]
    assert min(years) >= 1920
    assert max(years) <= 2026
    assert {year // 10 * 10 for year in years} == set(range(1920, 2030, 10))


def test_the_films_come_from_many_countries():
    assert len({country for film in FILMS for country in names(film, "country")}) >= 25


def test_every_triple_starts_at_a_film_in_a_known_way():
    ids = {film["id"] for film in FILMS}
    assert [triple for triple in TRIPLES if triple["head"] not in ids] == []
    assert {triple["relation"] for triple in TRIPLES} == RELATIONS
    follows = [triple for triple in TRIPLES if triple["relation"] == "follows"]
    assert [t for t in follows if t["tail"] not in ids or t["tail"] == t["head"]] == []


def test_no_triple_stands_twice():
    assert len({tuple(triple.values()) for triple in TRIPLES}) == len(TRIPLES)


def test_every_film_is_tied_to_eight_names_or_more():
    tied = Counter(triple["head"] for triple in TRIPLES)
    assert {film["id"]: tied[film["id"]] for film in FILMS if tied[film["id"]] < 8} == {}


@pytest.mark.parametrize(
    ("column", "relation"),
    [
        ("director", "directed_by"),
        ("writer", "written_by"),
        ("cast", "acted_in_by"),
        ("country", "from_country"),
        ("categories", "has_genre"),
    ],
)
def test_films_and_triples_tell_the_same(column, relation):
    told = defaultdict(set)
    for triple in TRIPLES:
        if triple["relation"] == relation:
            told[triple["head"]].add(triple["tail"])
    assert [film["id"] for film in FILMS if told[film["id"]] != set(names(film, column))] == []


# Facts, against MovieLens with a knowledge graph, and Wikipedia's lists of American films.

GENRES = {name for film in FILMS for name in names(film, "categories")}
OTHER_NAMES = {
    "sci fi": "Science fiction",
    "children": "Family",
    "noir": "Film noir",
    "biographical": "Biography",
    "historical": "History",
    "sports": "Sport",
}
"""What the reference calls our genres."""


def plain(name):
    """Lower case ASCII letters and digits, for comparing names."""
    bare = unicodedata.normalize("NFKD", name.lower())
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    bare = bare.replace("&", "and").replace("ø", "o").replace("ł", "l")
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


def genres(found):
    ours = {plain(genre): genre for genre in GENRES} | OTHER_NAMES
    return {ours[plain(name)] for name in found if plain(name) in ours}


ARTICLE = re.compile(r"(.*), (The|A|An|Le|La|Les|Das|Der|Die|Il|El|Los|L')")


def movielens_titles(text):
    """The names and the year in "Seven (a.k.a. Se7en) (1995)" or "Third Man, The (1949)"."""
    found = re.fullmatch(r"(.*)\((\d{4})\)", text.strip())
    if not found:
        return [], 0
    whole = found[1].strip()
    titles = [re.sub(r"\s*\([^)]*\)", "", whole).strip()]
    titles += re.findall(r"\((?:a\.k\.a\. )?([^)]*)\)", whole)
    return [ARTICLE.sub(r"\2 \1", title) for title in titles], int(found[2])


def movielens():
    graph = defaultdict(lambda: defaultdict(set))
    for row in table(REFERENCE / "knowledge-graph" / "triples.csv"):
        graph[row["movieId"]][row["relation"]].add(plain(row["entity"]))
    for row in table(REFERENCE / "movielens-small" / "movies.csv"):
        titles, year = movielens_titles(row["title"])
        tied = graph[row["movieId"]]
        for title in titles:
            yield (
                title,
                {
                    "year": {year},
                    "genre": genres(row["genres"].split("|")),
                    "cast": tied["has_actor"],
                    "director": tied["directed_by"],
                },
            )


def wikipedia():
    for path in sorted((REFERENCE / "wikipedia-movies").glob("*.json")):
        for film in json.loads(path.read_text(encoding="utf-8")):
            yield (
                film["title"],
                {
                    "year": {film["year"]},
                    "genre": genres(film.get("genres", [])),
                    "cast": {plain(name) for name in film.get("cast", [])},
                    "director": set(),
                },
            )


@pytest.fixture(scope="module")
def reference():
    """Plain title -> what each source says of a film of that name."""
    if not REFERENCE.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the reference data must be present in CI, at {REFERENCE}")
        pytest.skip(f"the reference data is not beside the repository, at {REFERENCE}")
    known = defaultdict(list)
    for source in (movielens(), wikipedia()):
        for title, facts in source:
            known[plain(title)].append(facts)
    return known


def near(reference, film):
    """Each fact of the films of the same title and about the same year, taken together."""
    year = int(film["year"])
    same = [
        facts
        for facts in reference.get(plain(film["title"]), [])
        if min(abs(other - year) for other in facts["year"]) <= 1
    ]
    return (
        {field: set().union(*(facts[field] for facts in same)) for field in same[0]} if same else {}
    )


def disagreements(film, known):
    """The fields in which a film differs from what is known of it, and how."""
    cast = {plain(name): name for name in names(film, "cast")}
    checks = {
        "year": int(film["year"]) in known["year"],
        "director": not known["director"]
        or {plain(name) for name in names(film, "director")} & known["director"],
        # A short list in the reference is only the stars.
        "cast": len(known["cast"]) < 5 or cast.keys() <= known["cast"],
        "genre": not known["genre"] or set(names(film, "categories")) & known["genre"],
    }
    column = {"genre": "categories"}
    return {
        field: f"{film[column.get(field, field)]}; the reference has {sorted(known[field])[:20]}"
        for field, agrees in checks.items()
        if not agrees
    }


def test_facts_agree_with_the_reference_but_for_listed_exceptions(reference):
    compared = {film["id"]: (film, near(reference, film)) for film in FILMS}
    compared = {id_: pair for id_, pair in compared.items() if pair[1]}
    assert len(compared) > len(FILMS) / 2
    found = {
        (id_, field): how
        for id_, pair in compared.items()
        for field, how in disagreements(*pair).items()
    }
    listed = {(row["id"], row["field"]) for row in table(EXCEPTIONS)}
    assert {key: how for key, how in found.items() if key not in listed} == {}
    assert listed - found.keys() == set(), "these exceptions are no longer needed"


def test_every_exception_has_its_reason_once():
    rows = table(EXCEPTIONS)
    assert all(row["reason"].strip() for row in rows)
    assert len({(row["id"], row["field"]) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Third Man, The (1949)", (["The Third Man"], 1949)),
        ("Seven (a.k.a. Se7en) (1995)", (["Seven", "Se7en"], 1995)),
        ("Amelie (Fabuleux destin, Le) (2001)", (["Amelie", "Le Fabuleux destin"], 2001)),
        ("Babylon 5", ([], 0)),
    ],
)
def test_titles_of_the_reference_are_understood(text, expected):
    assert movielens_titles(text) == expected


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"year": "1993"}, "year"),
        ({"director": "Nobody Known"}, "director"),
        ({"cast": "Uma Thurman|Nobody Known"}, "cast"),
        ({"categories": "Western"}, "genre"),
        ({}, None),
    ],
)
def test_a_wrong_fact_is_seen(reference, change, field):
    [film] = [film for film in FILMS if film["id"] == "pulp-fiction-1994"]
    found = disagreements(film | change, near(reference, film))
    assert list(found) == ([field] if field else [])
