"""MovieLens films with the text of their Wikipedia articles.

Films and articles are joined on title and year. Titles are compared without accents, case,
punctuation and article, under every name that either side gives ("Seven (a.k.a. Se7en)"). An equal
year wins; a year beside it is taken where one article alone has the title. A file of links
(movieId,year,href) takes the place of all this.
"""

import json
import re
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote

import numpy as np
import pandas as pd

from recsys import folders
from recsys.datatypes import Progress, no_progress
from recsys.errors import DataError
from recsys.reading.archives import MOVIELENS, WIKIPEDIA_FILMS
from recsys.reading.download import Archive, fetch_folder
from recsys.reading.titles import clean_name, in_order, read_directors, read_title, title_key
from recsys.tables import REJECT_COLUMNS, TRIPLE_COLUMNS, Tables

TITLE = "MovieLens"
HELP = "Films that real people rated on MovieLens, with their Wikipedia texts."

DOWNLOADS = folders.local() / "downloads"
"""A folder an archive."""

OPTIONS: dict[str, dict[str, Any]] = {
    "ratings": {
        "type": Path,
        "default": DOWNLOADS / "ml-latest-small",
        "metavar": "DIR",
        "help": "a MovieLens folder: movies.csv, ratings.csv (%(default)s)",
    },
    "texts": {
        "type": Path,
        "default": DOWNLOADS / "wikipedia-movies",
        "metavar": "DIR",
        "help": "Wikipedia's films by decade: movies-1990s.json and so on (%(default)s)",
    },
    "links": {
        "type": Path,
        "metavar": "FILE",
        "help": "a CSV of movieId,year,href: the article of each film, instead of a join by title",
    },
    "graph": {
        "type": Path,
        "metavar": "FILE",
        "help": "a CSV of movieId,relation,entity: a knowledge graph of the films",
    },
    "download": {
        "action": "store_true",
        "help": "first fetch MovieLens (small) and the Wikipedia films into the two folders",
    },
}

ARCHIVES = (MOVIELENS, WIKIPEDIA_FILMS)
"""What --download fetches, into the folder of ratings and into that of texts."""

Article: TypeAlias = tuple[str, int, list[str], str, str]
"""Title, year, cast, address and text."""

EXAMPLES = [
    "a slow science fiction film about memory and loss",
    "clever heists with a charming crew, not too violent",
    "a warm comedy about a family that cannot stand each other",
    "dark crime stories where nobody can be trusted",
    "animated adventures that grown-ups enjoy too",
    "a haunted house, frightening but no gore",
]

MAX_CAST = 8
"""Most names of a cast that are kept."""
YEAR_OFF = 99
"""The rank of a pair whose years differ: after all those whose years do not."""


def load(
    ratings: Path,
    texts: Path,
    links: Path | None = None,
    graph: Path | None = None,
    download: bool = False,
    progress: Progress = no_progress,
    archives: tuple[Archive, Archive] = ARCHIVES,
) -> Tables:
    """The films of the MovieLens folder ``ratings`` that have an article in the folder ``texts``.

    With ``download``, ``archives`` are fetched into the two folders first. Films without an article
    are ``rejected``. Raises DataError, naming the file, when one is missing or not as expected.
    """
    if download:
        for archive, folder in zip(archives, (ratings, texts), strict=True):
            fetch_folder(archive, folder, progress)
    films = _films(ratings / "movies.csv")
    articles = _articles(texts)
    progress(1, 3, "reading films")
    if links is None:
        where = "of this title and year"
        pairs, unused = _by_title(films, articles), pd.DataFrame(columns=REJECT_COLUMNS)
    else:
        where = f"in {links.name}"
        pairs, unused = _by_links(films, articles, links)
    if pairs.empty:
        raise DataError(f"No film of {ratings / 'movies.csv'} has an article in {texts}.")
    chosen = films.loc[pairs["film"]]
    without = films["title"].drop(chosen.index)
    lost = _rejects("movies.csv", f"no article {where}", without)
    items = _items(chosen, articles.loc[pairs["article"]])
    progress(2, 3, "reading films")
    interactions, rated = _interactions(ratings / "ratings.csv", chosen)
    triples, told = _triples(graph, films, chosen)
    progress(3, 3, "reading films")
    notes = [
        f"{len(items):,} of {len(films):,} films have a Wikipedia article.",
        f"{len(interactions):,} of {rated:,} ratings are of these films and were kept.",
    ]
    if graph:
        notes.append(f"{len(triples):,} of {told:,} facts of the graph were kept.")
    return Tables(
        items,
        interactions,
        triples,
        about=_about(graph),
        rejected=pd.concat([lost, unused], ignore_index=True),
        notes=tuple(notes),
    )


def _films(path: Path) -> pd.DataFrame:
    table = _csv(path, {"movieId": "int64", "title": "str", "genres": "str"})
    _once(path, table["movieId"])
    read = list(map(read_title, table["title"]))
    names = [names for names, _ in read]
    years = [year for _, year in read]
    return table.assign(names=names, year=pd.array(years, dtype="Int32"))


def _articles(folder: Path) -> pd.DataFrame:
    paths = sorted(folder.glob("movies-*.json"))
    if not paths:
        raise DataError(f"There is no file movies-*.json in the folder {folder}.")
    rows = list(chain.from_iterable(map(_read_articles, paths)))
    table = pd.DataFrame(rows, columns=["title", "year", "cast", "href", "text"])
    table = table[(table["text"] != "") & (table["href"] != "")]
    # An article may be listed twice, with casts of unequal length.
    longest = table["cast"].str.len().sort_values(ascending=False, kind="stable").index
    table = table.loc[longest].drop_duplicates(["href", "year"]).sort_index()
    return table.reset_index(drop=True)


def _read_articles(path: Path) -> list[Article]:
    try:
        return [_article(film) for film in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"{path} cannot be read as a list of films with title, year, cast, href and extract:"
            f" {type(error).__name__}: {error}."
        ) from error


def _article(film: Mapping[str, Any]) -> Article:
    title, year = in_order(film["title"]), int(film["year"])
    cast = list(filter(None, map(clean_name, film["cast"])))
    href = (film.get("href") or "").strip()
    text = " ".join((film.get("extract") or "").split())
    return title, year, cast, href, text


def _by_title(films: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The pairs (film, article) of rows that belong together, each row in one pair at most."""
    addresses = map(_name_in_address, articles["href"])
    names = [list(both) for both in zip(articles["title"], addresses, strict=True)]
    pairs = _keys(films["names"], "film").merge(
        _keys(pd.Series(names, articles.index), "article"), on="key", suffixes=("_film", "_article")
    )
    years = films["year"].loc[pairs["film"]].to_numpy("float64", na_value=np.nan)
    pairs["gap"] = np.abs(years - articles["year"].loc[pairs["article"]].to_numpy())
    pairs["href"] = articles["href"].loc[pairs["article"]].array
    pairs = pairs[pairs["gap"] <= 1]
    # An equal year under both main names comes first; a year off is a guess under any name.
    main = pairs["place_film"] + pairs["place_article"]
    pairs["rank"] = main.where(pairs["gap"] == 0, YEAR_OFF)
    pairs = pairs[pairs["rank"] == pairs.groupby("film")["rank"].transform("min")]
    pairs = pairs[pairs.groupby("film")["href"].transform("nunique") == 1]
    pairs = pairs.sort_values(["rank", "film"]).drop_duplicates("film").drop_duplicates("href")
    return pairs.sort_values("film")[["film", "article"]]


def _name_in_address(href: str) -> str:
    """An article's address as another name for it.

    >>> _name_in_address("Omen_III:_The_Final_Conflict"), _name_in_address("Airport_(1970_film)")
    ('Omen III: The Final Conflict', 'Airport')
    """
    return re.sub(r" \([^()]*\)$", "", unquote(href).replace("_", " "))


def _keys(names: pd.Series, row: str) -> pd.DataFrame:
    keys = names.explode()
    table = pd.DataFrame({row: keys.index, "key": keys.map(title_key).array})
    table["place"] = table.groupby(row).cumcount()
    return table[table["key"] != ""].drop_duplicates([row, "key"])


def _by_links(
    films: pd.DataFrame, articles: pd.DataFrame, path: Path
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The pairs (film, article) that the file names, and its rows that name none."""
    links = _csv(path, {"movieId": "int64", "year": "int64", "href": "str"})
    _once(path, links["movieId"])
    links["film"] = links["movieId"].map(pd.Series(films.index, films["movieId"]))
    rows = pd.Series(articles.index, pd.MultiIndex.from_frame(articles[["year", "href"]]))
    links["article"] = rows.reindex(pd.MultiIndex.from_frame(links[["year", "href"]])).array
    lost = links[links[["film", "article"]].isna().any(axis=1)]
    reasons = lost["film"].isna().map({True: "no such film", False: "no such article with a text"})
    values = lost["movieId"].astype(str).where(lost["film"].isna(), lost["href"])
    pairs = links.drop(lost.index)[["film", "article"]].astype("int64")
    return pairs.sort_values("film"), _rejects(path.name, reasons, values)


def _rejects(file: str, reason: str | pd.Series, values: pd.Series) -> pd.DataFrame:
    rows = {"file": file, "line": values.index + 2, "reason": reason, "value": values}
    return pd.DataFrame(rows, columns=REJECT_COLUMNS)


def _items(films: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Items of films and articles, row by row."""
    facts = map(_facts, articles["cast"], articles["text"])
    return pd.DataFrame(
        {
            "id": films["movieId"].astype(str).array,
            "title": films["names"].str[0].array,
            "text": articles["text"].array,
            "year": films["year"].fillna(pd.Series(articles["year"].array, films.index)).array,
            "categories": list(map(_genres, films["genres"])),
            "facts": list(facts),
        }
    )


def _genres(cell: str) -> list[str]:
    return [genre for genre in cell.split("|") if genre not in ("", "(no genres listed)")]


def _facts(cast: list[str], text: str) -> dict[str, list[str]]:
    named = {"Cast": cast[:MAX_CAST], "Director": read_directors(text)}
    return {label: names for label, names in named.items() if names}


def _interactions(path: Path, chosen: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The interactions with the ``chosen`` films, and how many there are in all."""
    types = {"userId": "int64", "movieId": "int64", "rating": "float64", "timestamp": "int64"}
    rated = _csv(path, types)
    odd = rated.index[~np.isfinite(rated["rating"])]
    if len(odd):
        raise DataError(f"{path}, line {odd[0] + 2}: the rating is not a number.")
    kept = rated[rated["movieId"].isin(chosen["movieId"])].reset_index(drop=True)
    kept = kept.rename(columns={"userId": "user", "movieId": "item"})
    return kept.astype({"user": str, "item": str}), len(rated)


def _triples(
    path: Path | None, films: pd.DataFrame, chosen: pd.DataFrame
) -> tuple[pd.DataFrame, int]:
    """The triples about the ``chosen`` films, and how many there are in all.

    An entity that is a film, "movie:3114", becomes its id, or its title when it is not among them.
    """
    if path is None:
        return pd.DataFrame(columns=TRIPLE_COLUMNS), 0
    told = _csv(path, {"movieId": "int64", "relation": "str", "entity": "str"})
    kept = told[told["movieId"].isin(chosen["movieId"])].reset_index(drop=True)
    kept = kept.rename(columns={"movieId": "head", "entity": "tail"}).astype({"head": str})
    ids = films["movieId"].astype(str)
    named = ids.where(films.index.isin(chosen.index), films["names"].str[0])
    sequels = kept["tail"].map(dict(zip("movie:" + ids, named, strict=True)))
    kept["tail"] = sequels.fillna(kept["tail"])
    return kept[TRIPLE_COLUMNS], len(told)


def _about(graph: Path | None) -> dict[str, Any]:
    facts = " and facts from Wikidata (CC0)" if graph else ""
    return {
        "noun": "film",
        "nouns": "films",
        "category": "genre",
        "source": "Ratings by real people from MovieLens (Harper & Konstan 2015), with texts from"
        f" Wikipedia (CC BY-SA){facts}.",
        "examples": EXAMPLES,
    }


def _csv(path: Path, types: dict[str, str]) -> pd.DataFrame:
    """Those columns of a CSV file; raises DataError when it is missing or not as expected."""
    try:
        table = pd.read_csv(
            path, usecols=lambda name: name in types, dtype=types, keep_default_na=False
        )
    except FileNotFoundError as error:
        raise DataError(f"There is no file {path}.") from error
    except (OSError, ValueError, OverflowError) as error:
        said = f"{path} cannot be read with columns {', '.join(types)}"
        raise DataError(f"{said}: {str(error).splitlines()[0]}") from error
    missing = [name for name in types if name not in table]
    if missing:
        raise DataError(f"{path} lacks the columns {', '.join(missing)}.")
    return table


def _once(path: Path, ids: pd.Series) -> None:
    repeated = ids.index[ids.duplicated()]
    if len(repeated):
        line = repeated[0]
        raise DataError(f"{path}, line {line + 2}: the movieId {ids[line]} appears twice.")
