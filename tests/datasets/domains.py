"""Five small catalogues as people have them: books, recipes, board games, a shop, places.

Each has three sorts of eight things; what is of sort s and number n has the id ``s`` and ``n``.
"""

import csv
import io
from dataclasses import dataclass

from tests.worlds import FakeEncoder

PLACES = "harbour valley island forest castle station market bridge".split()
PEOPLE = ["Ann Weir", "Tom Okoro", "Lu Chen", "Ida Holm", "Bo Ek", "Mia Sand", "Jo Lund", "Al Roe"]


@dataclass(frozen=True)
class Domain:
    """A catalogue: its ``rows``, the first of them the header, and what must come of it."""

    noun: str
    rows: list[list[str]]
    roles: dict[str, tuple[str, ...]]
    numbers: list[str]
    people: list[str]
    relations: set[str]
    unused: dict[str, str]
    topics: tuple[str, str, str]
    tastes: tuple[str, str, str]
    new: tuple[str, str]
    """The text of a new item, and the sort that it is of."""
    bounded: tuple[str, str, float] = ("", "", 0.0)
    """A taste with a number, the column that it bounds, and the most it may be."""

    @property
    def header(self) -> list[str]:
        """Names of columns as they are read: numbered without one, and without a namespace."""
        names = enumerate(self.rows[0], 1)
        return [name.removeprefix("g:") or f"column {place}" for place, name in names]

    def csv(self) -> str:
        """The file."""
        out = io.StringIO()
        csv.writer(out).writerows(self.rows)
        return out.getvalue()

    def encoder(self) -> FakeEncoder:
        """One that counts the words of this domain."""
        return FakeEncoder(topics=self.topics)

    def likes(self) -> str:
        """Twelve people, four of each sort: each likes six of the eight of their own."""
        ids = self.header.index(self.roles["id"][0])
        lines = ["user,item"]
        for person in range(12):
            own = [row[ids] for row in self.rows[1 + person // 4 * 8 :][:8]]
            liked = [id_ for n, id_ in enumerate(own) if n not in (person % 8, (person + 3) % 8)]
            lines += [f"u{person},{id_}" for id_ in liked]
        return "\n".join(lines)


def _books() -> Domain:
    sorts = {
        "ghost": ("Horror", "A ghost walks the {}, and whoever meets the ghost forgets a name."),
        "train": ("Travel", "By night train to the {}: a train, a berth, and talk until morning."),
        "bread": ("Cooking", "How the bakers of the {} make bread, and what their bread tells."),
    }
    rows = [["book_id", "book_title", "authors", "publication_date", "num_pages", "genres",
             "description", "cover_url"]]  # fmt: skip
    for start, (word, (genre, text)) in enumerate(sorts.items()):
        for n, place in enumerate(PLACES):
            by = PEOPLE[(start * 3 + n % 3) % 8]
            both = f"{by}, {PEOPLE[(start + 5) % 8]}" if n % 2 else by
            rows.append(
                [f"{word[0]}{n}", f"{word.title()} of the {place.title()}", both,
                 f"{1980 + 4 * n + start}-03-0{n + 1}", str(120 + 40 * n),
                 f"{genre}|{'Novel' if n % 2 else 'Short'}", text.format(place),
                 f"https://example.org/{word}{n}.jpg"]
            )  # fmt: skip
    return Domain(
        "book",
        rows,
        {"id": ("book_id",), "title": ("book_title",), "text": ("description",),
         "year": ("publication_date",), "categories": ("genres",)},
        ["Pages"],
        ["authors"],
        {"has_genre", "written_by", "from_decade"},
        {"cover_url": "pictures"},
        ("ghost", "train", "bread"),
        ("a ghost in an old house", "a long journey by train", "baking bread at home"),
        ("A ghost moves into the lighthouse, and the ghost is not alone.", "g"),
        ("ghost stories under 200 pages", "Pages", 200),
    )  # fmt: skip


def _recipes() -> Domain:
    sorts = {
        "soup": ("French", "Slice the {0}, add stock, and let the soup simmer. Strain the soup."),
        "cake": ("Viennese", "Beat eggs, fold in the {0}, and bake the cake until it springs."),
        "curry": ("Indian", "Fry the spices, add the {0}, and let the curry thicken slowly."),
    }
    things = ["onion", "leek", "carrot", "pumpkin", "apple", "lemon", "almond", "potato"]
    rows = [["", "recipe_name", "directions", "ingredients", "total_time", "cuisine", "img_src"]]
    for start, (word, (cuisine, text)) in enumerate(sorts.items()):
        for n, thing in enumerate(things):
            rows.append(
                [str(start * 8 + n), f"{thing.title()} {word}", text.format(thing),
                 f"{thing}, salt, {['butter', 'flour', 'oil'][start]}",
                 f"{20 + 10 * n} min" if n < 4 else f"1h {n}m", cuisine,
                 f"https://example.org/{word}/{n}.jpg"]
            )  # fmt: skip
    return Domain(
        "recipe",
        rows,
        {"id": ("column 1",), "title": ("recipe_name",), "text": ("directions", "ingredients"),
         "categories": ("cuisine",)},
        ["Total time (minutes)"],
        [],
        {"has_cuisine"},
        {"img_src": "pictures"},
        ("soup", "cake", "curry"),
        ("a warming soup", "cake for a birthday", "curry with rice"),
        ("A soup of beans: simmer the soup with a bone.", "0"),
        ("a soup under 45 minutes", "Total time (minutes)", 45),
    )  # fmt: skip


def _games() -> Domain:
    sorts = {
        "dragon": ("Fantasy", "Heroes of the {} fight a dragon; the dragon wakes each round."),
        "farm": ("Economic", "Each player runs a farm by the {}: sow, harvest, feed the farm."),
        "spy": ("Deduction", "One of you in the {} is a spy. Ask, lie, and find the spy."),
    }
    rows = [["objectid", "name", "yearpublished", "minplayers", "maxplayers", "playingtime",
             "boardgamecategory", "boardgamedesigner", "description", "thumbnail"]]  # fmt: skip
    for start, (word, (category, text)) in enumerate(sorts.items()):
        for n, place in enumerate(PLACES):
            rows.append(
                [str(1000 * (start + 1) + 7 * n), f"{word.title()} {place.title()}",
                 str(1990 + 3 * n + start), str(1 + n % 2), str(4 + n % 3), str(30 + 15 * n),
                 f"['{category}', '{'Family' if n % 2 else 'Expert'}']",
                 f"['{PEOPLE[start + n % 2]}']", text.format(place),
                 f"https://example.org/pic{word}{n}.png"]
            )  # fmt: skip
    return Domain(
        "game",
        rows,
        {"id": ("objectid",), "title": ("name",), "text": ("description",),
         "year": ("yearpublished",), "categories": ("boardgamecategory",)},
        ["Players", "Playingtime (minutes)"],
        ["boardgamedesigner"],
        {"has_category", "designed_by", "from_decade"},
        {"thumbnail": "pictures"},
        ("dragon", "farm", "spy"),
        ("fighting a dragon", "building up a farm", "finding the spy among us"),
        ("A dragon guards the tower; steal from the dragon.", "1"),
        ("a farm game under 60 minutes", "Playingtime (minutes)", 60),
    )  # fmt: skip


def _shop() -> Domain:
    sorts = {
        "lamp": (
            "Home > Lighting",
            "A lamp for the {}, with a warm light and a lamp shade.",
        ),
        "rug": ("Home > Textiles", "A rug for the {}: thick wool, a rug that is dyed by hand."),
        "kettle": ("Kitchen > Tea", "A kettle that sings in the {}; the kettle is of steel."),
    }
    rooms = ["hall", "study", "kitchen", "bedroom", "garden", "attic", "nursery", "office"]
    rows = [["g:id", "g:title", "g:description", "g:price", "g:product_type", "g:brand",
             "g:image_link", "g:link", "g:availability"]]  # fmt: skip
    for start, (word, (kind, text)) in enumerate(sorts.items()):
        for n, room in enumerate(rooms):
            rows.append(
                [f"{word[0].upper()}-{100 + n}", f"{word.title()} for the {room}",
                 text.format(room), f"{9 + 12 * n}.00 EUR", kind,
                 ["Lux", "Own", "Nord"][(start + n) % 3],
                 f"https://example.org/{word}{n}.jpg", f"https://example.org/{word}/{n}",
                 "in stock" if n % 4 else "out of stock"]
            )  # fmt: skip
    return Domain(
        "product",
        rows,
        {"id": ("id",), "title": ("title",), "text": ("description",),
         "categories": ("product_type",)},
        ["Price (EUR)"],
        [],
        {"has_product_type", "has_brand", "has_availability"},
        {"image_link": "pictures", "link": "addresses"},
        ("lamp", "rug", "kettle"),
        ("a lamp to read by", "a soft rug", "a kettle for tea"),
        ("A lamp that hangs from the ceiling, a lamp of brass.", "L"),
        ("a lamp under 40 euros", "Price (EUR)", 40),
    )  # fmt: skip


def _places() -> Domain:
    sorts = {
        "面": ("餐馆", "手工拉面和热汤，{}的面条很有嚼劲，一碗面适合一个人慢慢吃。"),
        "茶": ("茶楼", "靠窗的座位，{}的绿茶和点心，下午喝茶很舒服。"),
        "塔": ("景点", "古塔和荷花池，{}的石塔在清晨最安静，塔下有人打太极。"),
    }
    where = "东街 河边 城南 湖畔 山下 桥头 北门 西巷".split()
    rows = [["编号", "名称", "推荐", "类别", "地址", "电话", "评分", "人均消费"]]
    for start, (word, (kind, text)) in enumerate(sorts.items()):
        for n, place in enumerate(where):
            rows.append(
                [f"{start}{n}", f"{place}{word}{'馆楼园'[start]}", text.format(place), kind,
                 f"{place}路{n + 1}号", f"010-00000{start}{n}", f"{4 + n / 10:.1f}",
                 str(20 + 10 * n)]
            )  # fmt: skip
    return Domain(
        "place",
        rows,
        {"id": ("编号",), "title": ("名称",), "text": ("推荐",), "categories": ("类别",)},
        ["评分 (stars)", "人均消费 (price)"],
        [],
        {"has_类别"},
        {"地址": "street addresses", "电话": "telephone numbers"},
        ("面|noodle", "茶|tea", "塔|tower"),
        ("a bowl of noodles", "a cup of tea by the window", "an old tower"),
        ("牛肉面和凉菜，面是手工的。", "0"),
    )


DOMAINS = {
    "books": _books(),
    "recipes": _recipes(),
    "games": _games(),
    "shop": _shop(),
    "places": _places(),
}
