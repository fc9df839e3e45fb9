"""MovieLens: titles, the join with Wikipedia, what is refused, and the real data."""

import hashlib
import io
import json
import os
import threading
import zipfile
from argparse import ArgumentParser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pandas as pd
import pytest

from recsys.datasets import movielens
from recsys.datasets.movielens import load
from recsys.errors import DataError
from recsys.reading.download import Archive
from recsys.reading.titles import read_directors, read_title, title_key

SHARED = Path(__file__).parents[3] / "shared"

MOVIES = """\
movieId,title,genres
858,"Godfather, The (1972)",Crime|Drama
29,"City of Lost Children, The (Cité des enfants perdus, La) (1995)",Fantasy|Sci-Fi
47,Seven (a.k.a. Se7en) (1995),Mystery|Thriller
318,"Shawshank Redemption, The (1994)",Crime|Drama
40697,Babylon 5,(no genres listed)
7,None of Them (2001),(no genres listed)
"""

RATINGS = """\
userId,movieId,rating,timestamp
1,858,5.0,100
2,858,3.5,200
1,40697,4.0,300
3,7,0.5,400
"""

GRAPH = """\
movieId,relation,entity,source
858,has_genre,Crime,movielens
858,followed_by,movie:7,wikidata
858,followed_by,movie:40697,wikidata
40697,has_genre,Sci-Fi,movielens
"""


def film(title, year, text="A film.", href=None, cast=()):
    href = title.replace(" ", "_") if href is None else href
    return {
        "title": title,
        "year": year,
        "cast": list(cast),
        "genres": [],
        "href": href,
        "extract": text,
    }


ARTICLES = [
    film(
        "The Godfather",
        1972,
        "The Godfather is a film\ndirected by Francis Ford Coppola.",
        cast=["Marlon Brando", "Al Pacino (actor)", "and", "(uncredited)", "Robert Duvall, Jr."],
    ),
    film("The City of Lost Children", 1995),
    film("Se7en", 1995, href="Seven_(1995_film)"),
    film("Shawshank", 1994, href="The_Shawshank_Redemption"),
    film("None of them!", 2002),
    film("Babylon 5", 1993),
]


@pytest.fixture
def folders(tmp_path):
    """Writes the two folders, with ``films`` as movies.csv or MOVIES, and returns them."""

    def write(articles=ARTICLES, films=None):
        texts = tmp_path / "texts"
        for folder in (tmp_path / "ratings", texts):
            folder.mkdir(exist_ok=True)
        movies = MOVIES
        if films is not None:
            frame = pd.DataFrame(films, columns=["title"])
            frame.insert(0, "movieId", range(1, len(frame) + 1))
            movies = frame.assign(genres="Drama").to_csv(index=False)
        (tmp_path / "ratings" / "movies.csv").write_text(movies, encoding="utf-8")
        (tmp_path / "ratings" / "ratings.csv").write_text(RATINGS, encoding="utf-8")
        (texts / "movies-1990s.json").write_text(json.dumps(articles), encoding="utf-8")
        return tmp_path / "ratings", texts

    return write


def joined(tables):
    """Title -> text of the items."""
    return dict(zip(tables.items["title"], tables.items["text"], strict=True))


@pytest.mark.parametrize(
    ("title", "names", "year"),
    [
        ("Godfather, The (1972)", ["The Godfather"], 1972),
        (
            "City of Lost Children, The (Cité des enfants perdus, La) (1995)",
            ["The City of Lost Children", "La Cité des enfants perdus"],
            1995,
        ),
        ("Seven (a.k.a. Se7en) (1995)", ["Seven", "Se7en"], 1995),
        ("Shawshank Redemption, The (1994)", ["The Shawshank Redemption"], 1994),
        ("Apartment, The (Appartement, L') (1996)", ["The Apartment", "L'Appartement"], 1996),
        ("Killer, The (a.k.a. Hired, A) (Sha) (1989)", ["The Killer", "A Hired", "Sha"], 1989),
        ("(500) Days of Summer (2009)", ["(500) Days of Summer"], 2009),
        ("Frontière(s) (2007)", ["Frontière(s)"], 2007),
        ("Honey, I Shrunk the Kids (1989)", ["Honey, I Shrunk the Kids"], 1989),
        ("96 Minutes (2011) ", ["96 Minutes"], 2011),
        ("Death Note: Desu nôto (2006–2007)", ["Death Note: Desu nôto"], 2006),
        ("Babylon 5", ["Babylon 5"], None),
        ("2001: A Space Odyssey (1968)", ["2001: A Space Odyssey"], 1968),
        ("(1941)", ["(1941)"], 1941),
    ],
)
def test_titles_are_read(title, names, year):
    assert read_title(title) == (names, year)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Godfather", "godfather"),
        ("Amélie", "Amelie"),
        ("Bonnie & Clyde", "Bonnie and Clyde"),
        ("Spider-Man", "Spider Man"),
        ("L'Avventura", "Avventura"),
        ("Ærøskøbing", "Aeroskobing"),
    ],
)
def test_titles_that_are_the_same(one, other):
    assert title_key(one) == title_key(other)


def test_titles_that_differ():
    names = ["Alien", "Aliens", "Alien 3", "The", "A", "Theatre", "Atre", "Die Hard", "Hard"]
    assert len({title_key(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a 1972 film directed by Francis Ford Coppola. It", "Francis Ford Coppola"),
        ("directed, produced, and co-written by Lewis Gilbert. It", "Lewis Gilbert"),
        ("directed by John G. Avildsen, written by X", "John G. Avildsen"),
        ("directed by Joel and Ethan Coen, based on", "Joel Coen|Ethan Coen"),
        (
            "directed by Ron Clements, John Musker, and Wes Lee. It",
            "Ron Clements|John Musker|Wes Lee",
        ),
        ("directed by and starring Mel Brooks, released", "Mel Brooks"),
        ("directed by Hong Kong director Ringo Lam in", ""),
        ("directed by the Coen brothers and starring", ""),
        ("directed by Matthijs van Heijningen Jr. The film", "Matthijs van Heijningen Jr."),
        ("directed by Robert Downey, Jr. and stars", "Robert Downey Jr."),
        ("It is a film about a director.", ""),
    ],
)
def test_directors_are_read(text, names):
    assert "|".join(read_directors(text)) == names


def test_films_and_articles_are_joined_by_title_and_year(folders):
    tables = load(*folders())
    assert tables.items["id"].tolist() == ["858", "29", "47", "318", "7"]
    assert tables.items["title"].tolist() == [
        "The Godfather",
        "The City of Lost Children",
        "Seven",
        "The Shawshank Redemption",
        "None of Them",
    ]
    assert tables.items["year"].tolist() == [1972, 1995, 1995, 1994, 2001]
    assert tables.items["categories"].tolist() == [
        ["Crime", "Drama"],
        ["Fantasy", "Sci-Fi"],
        ["Mystery", "Thriller"],
        ["Crime", "Drama"],
        [],
    ]
    assert tables.items["text"][0] == "The Godfather is a film directed by Francis Ford Coppola."
    assert tables.items["facts"][0] == {
        "Cast": ["Marlon Brando", "Al Pacino", "Robert Duvall Jr."],
        "Director": ["Francis Ford Coppola"],
    }
    assert tables.items["facts"][1] == {}


def test_a_film_without_an_article_is_listed_and_its_ratings_left_out(folders):
    tables = load(*folders())
    assert tables.rejected.to_dict("records") == [
        {
            "file": "movies.csv",
            "line": 6,
            "reason": "no article of this title and year",
            "value": "Babylon 5",
        }
    ]
    assert tables.interactions.to_dict("list") == {
        "user": ["1", "2", "3"],
        "item": ["858", "858", "7"],
        "rating": [5.0, 3.5, 0.5],
        "timestamp": [100, 200, 400],
    }
    assert tables.like_from == 4.0
    assert tables.notes == (
        "5 of 6 films have a Wikipedia article.",
        "3 of 4 ratings are of these films and were kept.",
    )


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([film("Emma", 1996, "right"), film("Emma", 1995, "early", "E2")], "right"),
        ([film("Emma", 1997, "late")], "late"),
        ([film("Emma", 1995, "early")], "early"),
        ([film("Emma", 1995, "early"), film("Emma", 1997, "late", "E2")], None),
        ([film("Emma", 1994, "too early")], None),
        ([film("Emma", 1996, "one", "E1"), film("Emma", 1996, "two", "E2")], None),
        ([film("Emma", 1996, "one", "E1"), film("Emmy", 1996, "two", "Emma_(film)")], "one"),
        ([film("Emma", 1996, ""), film("Emma", 1997, "late", "E2")], "late"),
        ([film("Emma", 1996, None)], None),
        ([film("Emma", 1996, "no address", "")], None),
        ([film("Emma", 1996, "listed", "E"), film("Emma", 1996, "listed", "E")], "listed"),
        ([film("Emma (film)", 1996, "by address", "%C3%89mma_(1996_film)")], "by address"),
    ],
)
def test_which_article_is_taken(folders, articles, expected):
    filler = film("Filler", 2000)
    tables = load(*folders([*articles, filler], ["Emma (1996)", "Filler (2000)"]))
    assert joined(tables).get("Emma") == expected


def test_one_article_goes_to_one_film_the_nearest_and_first(folders):
    films = ["Emma (1995)", "Emma (1996)", "Emma (1996)", "Other (Emma) (1996)"]
    tables = load(*folders([film("Emma", 1996)], films))
    assert tables.items["id"].tolist() == ["2"]
    assert tables.rejected["line"].tolist() == [2, 4, 5]


def test_of_an_article_listed_twice_the_longer_cast_is_kept(folders):
    twice = [film("Emma", 1996, cast=["Ann Lee"]), film("Emma", 1996, cast=["Ann Lee", "Bo Li"])]
    tables = load(*folders(twice, ["Emma (1996)"]))
    assert tables.items["facts"][0] == {"Cast": ["Ann Lee", "Bo Li"]}


def test_links_decide_and_rows_that_lead_nowhere_are_listed(folders, tmp_path):
    links = tmp_path / "links.csv"
    links.write_text(
        "movieId,year,href\n40697,1993,Babylon_5\n858,1995,Seven_(1995_film)\n"
        "5,1995,Seven_(1995_film)\n318,1994,Nowhere\n"
    )
    tables = load(*folders(), links=links)
    assert tables.items[["id", "title", "year"]].to_numpy().tolist() == [
        ["858", "The Godfather", 1972],
        ["40697", "Babylon 5", 1993],
    ]
    assert tables.rejected.to_numpy().tolist() == [
        ["movies.csv", 3, "no article in links.csv", MOVIES.splitlines()[2].split('"')[1]],
        ["movies.csv", 4, "no article in links.csv", "Seven (a.k.a. Se7en) (1995)"],
        ["movies.csv", 5, "no article in links.csv", "Shawshank Redemption, The (1994)"],
        ["movies.csv", 7, "no article in links.csv", "None of Them (2001)"],
        ["links.csv", 4, "no such film", "5"],
        ["links.csv", 5, "no such article with a text", "Nowhere"],
    ]


def test_the_graph_is_kept_for_these_films_and_names_films_by_id(folders, tmp_path):
    (tmp_path / "graph.csv").write_text(GRAPH)
    tables = load(*folders(), graph=tmp_path / "graph.csv")
    assert tables.triples.to_numpy().tolist() == [
        ["858", "has_genre", "Crime"],
        ["858", "followed_by", "7"],
        ["858", "followed_by", "Babylon 5"],
    ]
    assert tables.notes[2] == "3 of 4 facts of the graph were kept."
    assert "Wikidata" in tables.about["source"]
    assert "Wikidata" not in load(*folders()).about["source"]


def test_words_for_the_page(folders):
    about = load(*folders()).about
    assert (about["noun"], about["nouns"], about["category"]) == ("film", "films", "genre")
    for name in ("MovieLens", "Harper & Konstan 2015", "Wikipedia", "CC BY-SA"):
        assert name in about["source"]
    assert 6 <= len(set(about["examples"])) <= 8


def test_progress_reaches_its_end(folders):
    seen = []
    load(*folders(), progress=lambda *step: seen.append(step))
    assert seen == [(done, 3, "reading films") for done in (1, 2, 3)]


def test_every_option_is_read_and_has_help():
    parser = ArgumentParser()
    for name, settings in movielens.OPTIONS.items():
        assert settings["help"]
        parser.add_argument(f"--{name}", **settings)
    values = vars(parser.parse_args(["--ratings", "a", "--texts", "b", "--download"]))
    assert values == {
        "ratings": Path("a"),
        "texts": Path("b"),
        "links": None,
        "graph": None,
        "download": True,
    }


LEADS = "movieId,title,genres\n"


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("ratings/movies.csv", None, "There is no file"),
        ("ratings/movies.csv", "", "No columns to parse"),
        ("ratings/movies.csv", LEADS, "No film of"),
        ("ratings/movies.csv", "movieId,name\n1,x\n", "lacks the columns title, genres."),
        ("ratings/movies.csv", f"{LEADS}one,x,y\n", "'one'"),
        ("ratings/movies.csv", f"{LEADS}{'9' * 30},x,y\n", "cannot be read"),
        ("ratings/movies.csv", f"{LEADS}1,x,y\n1,z,y\n", "line 3: the movieId 1 appears twice"),
        ("ratings/movies.csv", b"movieId,title,genres\n1,\xff\xfe,y\n", "utf-8"),
        ("ratings/ratings.csv", None, "There is no file"),
        ("ratings/ratings.csv", "userId,movieId,rating\n1,858,4\n", "lacks the columns timestamp"),
        ("ratings/ratings.csv", RATINGS.replace("3.5", "good"), "good"),
        (
            "ratings/ratings.csv",
            RATINGS.replace("3.5", "inf"),
            "line 3: the rating is not a number",
        ),
        ("texts/movies-1990s.json", None, "There is no file movies-*.json"),
        ("texts/movies-1990s.json", "[{", "JSONDecodeError"),
        ("texts/movies-1990s.json", b"\xff", "UnicodeDecodeError"),
        ("texts/movies-1990s.json", "{}", "No film of"),
        ("texts/movies-1990s.json", '{"title": 1}', "cannot be read as a list of films"),
        ("texts/movies-1990s.json", '[{"year": 1990}]', "KeyError: 'title'"),
        ("texts/movies-1990s.json", '[{"title": "x", "year": null, "cast": []}]', "TypeError"),
        ("texts/movies-1990s.json", json.dumps([film("x", 1, href=5)]), "AttributeError"),
        ("links.csv", None, "There is no file"),
        ("links.csv", "movieId,href\n1,x\n", "lacks the columns year."),
        ("links.csv", "movieId,year,href\n858,1,x\n858,1,y\n", "movieId 858 appears twice"),
        ("links.csv", "movieId,year,href\n858,1,x\n", "No film of"),
        ("graph.csv", None, "There is no file"),
        ("graph.csv", "movieId,entity\n858,x\n", "lacks the columns relation."),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_line(folders, tmp_path, file, content, said):
    ratings, texts = folders()
    path = tmp_path / file
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    option = path.stem if path.parent == tmp_path else None
    with pytest.raises(DataError) as caught:
        load(ratings, texts, **({option: path} if option else {}))
    assert said in str(caught.value)
    assert str(path.parent) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_both_folders_can_be_fetched_first(folders, tmp_path, monkeypatch):
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    monkeypatch.setenv("no_proxy", "*")
    expected = load(*folders())
    served = tmp_path / "served"
    served.mkdir()
    archives = []
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=served)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        for folder in folders():
            data, sums = io.BytesIO(), {}
            with zipfile.ZipFile(data, "w") as opened:
                for path in folder.iterdir():
                    opened.write(path, f"made-by-us/{path.name}")
                    sums[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
            (served / f"{folder.name}.zip").write_bytes(data.getvalue())
            url = f"http://127.0.0.1:{server.server_port}/{folder.name}.zip"
            archives.append(Archive(url, sums))
        new = tmp_path / "new"
        tables = load(new / "ml", new / "wp", download=True, archives=tuple(archives))
        server.shutdown()
        thread.join()
    pd.testing.assert_frame_equal(tables.items, expected.items)
    assert sorted(path.name for path in new.iterdir()) == ["ml", "wp"]


# The real data


@pytest.fixture(scope="module")
def real():
    """The paths of the reference data."""
    paths = {
        "ratings": SHARED / "data" / "movielens-small",
        "texts": SHARED / "data" / "wikipedia-movies",
        "links": SHARED / "bench" / "catalogue_links.csv",
        "graph": SHARED / "data" / "knowledge-graph" / "triples.csv",
    }
    for path in paths.values():
        if not path.exists():
            if os.environ.get("CI"):
                pytest.fail(f"the reference data must be present in CI, at {path}")
            pytest.skip(f"the reference data is not beside the repository, at {path}")
    return paths


@pytest.fixture(scope="module")
def linked(real):
    return load(**real)


def test_linked_real_films_are_as_many_as_the_links(linked):
    assert len(linked.items) == 6_296
    assert len(linked.interactions) == 87_435
    assert linked.notes[:2] == (
        "6,296 of 9,742 films have a Wikipedia article.",
        "87,435 of 100,836 ratings are of these films and were kept.",
    )
    assert len(linked.rejected) == 9_742 - 6_296
    assert set(linked.triples["head"]) <= set(linked.items["id"])
    assert not linked.triples["tail"].str.startswith("movie:").any()


def test_real_titles_and_facts_are_as_known(linked):
    items = linked.items.set_index("id")
    known = items.loc[["858", "318", "47"]]
    assert known["title"].tolist() == ["The Godfather", "The Shawshank Redemption", "Seven"]
    assert known["year"].tolist() == [1972, 1994, 1995]
    directors = ["Francis Ford Coppola", "Frank Darabont", "David Fincher"]
    assert [facts["Director"] for facts in known["facts"]] == [[name] for name in directors]
    assert "Marlon Brando" in items["facts"]["858"]["Cast"]
    assert max(len(facts.get("Cast", [])) for facts in items["facts"]) == 8


def test_real_directors_are_those_of_the_graph(linked, real):
    graph = pd.read_csv(real["graph"], dtype=str)
    graph = graph[graph["relation"] == "directed_by"]
    known = graph["entity"].map(title_key).groupby(graph["movieId"]).agg(set)
    told = linked.items.set_index("id")["facts"].map(lambda facts: facts.get("Director", []))
    assert (told.str.len() > 0).mean() > 0.88
    both = told.explode().dropna().map(title_key)
    both = both[both.index.isin(known.index)]
    assert sum(name in known[id_] for id_, name in both.items()) / len(both) > 0.97


def test_the_join_by_title_agrees_with_the_links(linked, real):
    found = load(real["ratings"], real["texts"])
    ours, theirs = (t.items.set_index("id")["text"] for t in (found, linked))
    both = ours.index.intersection(theirs.index)
    assert len(both) / len(theirs) >= 0.97
    assert (ours[both] == theirs[both]).mean() >= 0.97


def test_the_pinned_sums_are_those_of_the_real_files(real):
    for archive, folder in zip(movielens.ARCHIVES, (real["ratings"], real["texts"]), strict=True):
        assert archive.files == {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()
        }


def test_real_folders_that_are_whole_are_not_fetched_again(real, monkeypatch):
    monkeypatch.setattr("recsys.reading.download.urlopen", None)
    assert len(load(**real, download=True).items) == 6_296
