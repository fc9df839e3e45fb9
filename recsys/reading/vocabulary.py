"""How columns are called, in several languages, and how a name is read."""

import re
from functools import cache

from recsys.reading.titles import typed

SYNONYMS: dict[str, dict[str, str]] = {
    "items": {
        "id": "id itemid sku isbn isbn13 isbn10 asin parentasin objectid ean gtin upc uid uuid"
        " productid movieid filmid bookid articleid stockcode tconst identifier unnamed0"
        " identificador kennung artikelnummer artikelnr codigo 编号 识别码 货号 handle slug"
        " key code",
        "title": "title name itemname itemtitle productname producttitle movietitle booktitle"
        " primarytitle originaltitle headline label artistname trackname titel titre titulo titolo"
        " nombre nom nome naam produktname bezeichnung 名称 标题 片名 书名 品名 名字 店名 商品名"
        " 题目 タイトル",
        "text": "text description synopsis overview plot abstract summary content body blurb"
        " storyline longdescription productdescription shortdescription about details directions"
        " instructions steps method beschreibung inhalt zusammenfassung descripcion resumen"
        " descrizione descricao resume omschrijving 描述 简介 介绍 内容 详情 摘要 说明",
        "year": "year releaseyear yearreleased publicationyear yearofpublication yearpublished"
        " originalpublicationyear startyear date releasedate released publicationdate publisheddate"
        " published pubdate datepublished publishedat filmdate jahr erscheinungsjahr annee ano anno"
        " fecha 年份 年 出版年 上映日期 出版日期 发行日期",
        "categories": "categories category genres genre tags tag topics topic subjects subject"
        " listedin keywords types type class section department producttype cuisine cuisines"
        " kategorie kategorien categorie categoria categorias genero generos schlagworte etiquetas"
        " 类别 分类 类型 种类 标签 领域 题材 菜系",
    },
    "interactions": {
        "user": "user userid username uid customer customerid client clientid buyer buyerid"
        " reviewer reviewerid reviewername reviewerusername member memberid account accountid"
        " person personid visitor visitorid profile profilename profileid listener listenerid"
        " player playerid reader readerid steamid session sessionid 用户 用户id 用户编号 usuario"
        " utilisateur benutzer",
        "item": "item itemid sku stockcode parentasin isbn isbn13 isbn10 asin ean upc product"
        " productid businessid movieid movie filmid film bookid book gameid game appid recipeid"
        " recipe songid song trackid track artistid artist animeid articleid article 商品编号 id"
        " title name",
        "rating": "rating ratings score stars overall bookrating reviewscore starrating grade"
        " weight plays playcount playcounts listens listencount clicks clickcount views"
        " viewcount watches hours hoursplayed playtime count quantity qty units 评分 数量",
        "timestamp": "timestamp time date datetime ts unixreviewtime reviewtime reviewdate"
        " ratedat createdat created invoicedate orderdate purchasedate visitedat submitted 时间"
        " 日期",
    },
    "triples": {
        "head": "head subject item itemid id movieid source from",
        "relation": "relation predicate property rel edge",
        "tail": "tail object entity value target to",
    },
}
"""What columns are called, without capitals, accents and signs; the first that is there is taken.
"""
REQUIRED: dict[str, tuple[str, ...]] = {
    "items": (),
    "interactions": ("user", "item"),
    "triples": ("head", "relation", "tail"),
}
"""What a file of each kind cannot do without, in the order of the columns that nobody named."""

WEAK_IDS = "key code uid handle slug"
"""Names of ids that may mean something else: an id only where all differ."""
JOINED = (
    "steps directions instructions ingredients zutaten ingredientes 配料 tagline subtitle features"
    " feature"
)
"""What is joined to a text, besides columns that are called as one."""

PEOPLE = {
    "written_by": "author authors writer writers writtenby screenwriter screenwriters bookauthor"
    " autor autoren autores autora auteur auteurs autore autori 作者 编剧",
    "directed_by": "director directors directedby regisseur regie realisateur directores 导演",
    "designed_by": "designer designers designedby",
    "acted_in_by": "actor actors actress cast starring stars besetzung schauspieler acteurs actores"
    " reparto 演员 主演",
    "made_by": "artist artists band composer composers creator creators maker makers illustrator"
    " illustrators photographer photographers performer performers editor editors translator"
    " translators speaker speakers narrator narrators chef chefs",
}
"""Relation -> what columns of people are called."""
OTHER_FACTS = (
    "country countries language languages brand manufacturer publisher color colour size city state"
    " region district currency status availability condition format series studio studios network"
    " material season location place certificate rated collection mechanic mechanics theme themes"
    " land sprache marke verlag farbe pays langue marque editeur pais idioma marca editorial ciudad"
    " ville stadt 国家 语言 品牌 出版社 城市 颜色 地区"
)
"""What columns of facts are called: they are no kinds and no titles, whatever is in them."""

UNITS = {
    "minutes": "runtime runningtime duration length minutes mins playingtime playtime cooktime"
    " preptime totaltime time laufzeit dauer spieldauer duree duracion durata 时长 片长 分钟",
    "players": "players player numplayers numberofplayers spieler joueurs jugadores 人数 玩家",
    "price": "price cost saleprice listprice unitprice amount preis prix precio prezzo preco 价格"
    " 单价 售价 人均 人均消费 票价",
    "pages": "pages page pagecount numpages numberofpages seiten seitenzahl paginas 页数",
    "stars": "rating ratings averagerating avgrating avgratings score stars voteaverage ratingvalue"
    " reviewscore bewertung calificacion puntuacion 评分 星级 得分",
    "seasons": "seasons season numberofseasons numseasons staffeln",
    "episodes": "episodes episode numberofepisodes numepisodes folgen",
    "years": "age ages minage minimumage agefrom alter edad 年龄",
}
"""What a number counts -> what such columns are called."""

NOT_FACTS = {
    "telephone numbers": "phone phonenumber telephone tel telefon telefono mobile fax 电话 手机",
    "street addresses": "address addresses addr street streetaddress adresse direccion indirizzo"
    " postcode postalcode zip zipcode plz 地址",
    "coordinates": "lat latitude lon lng long longitude coordinates geo 经度 纬度",
    "pictures": "image images img imgsrc imageurl imagelink poster posterpath thumbnail photo"
    " photos picture cover coverurl 图片 封面",
    "mail addresses": "email mail emailaddress",
    "opening hours": "hours openinghours openingtimes 营业时间",
}
"""What is no fact -> what such columns are called."""
NOT_THE_YEAR = re.compile(
    r"(?i)add|submit|upload|post|invoice|order|updat|creat|scrap|modif|crawl|index|first.?seen|last.?seen"
)
"""Dates of something that happened to the row, not to the item."""

_ENTITIES = frozenset(
    "item movie film book product recipe game boardgame track song album show series anime article"
    " business restaurant hotel course app place venue wine beer podcast paper job event talk video"
    " the original full main primary display official avg average total number num of en eng"
    " english ms sec secs seconds min mins max".split()
)
"""Words of a name that say only what the rows are."""
_GLUED = (
    "boardgame",
    "game",
    "movie",
    "film",
    "book",
    "product",
    "recipe",
    "item",
    "track",
    "song",
)
"""The same where they stand before another word without a space."""
_TYPES = frozenset(["token", "token_seq", "float", "float_seq"])
"""What RecBole adds to a name."""
_KNOWN = frozenset(
    " ".join([*SYNONYMS["items"].values(), *PEOPLE.values(), *UNITS.values(), OTHER_FACTS]).split()
)
_PATH = re.compile(r"(?<=\w)[.:/](?=\w)")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_A-Za-z]+")


def plain(column: str) -> str:
    """The name without capitals, accents and signs.

    >>> plain("Book-Title"), plain("Año"), plain("名称")
    ('booktitle', 'ano', '名称')
    """
    return re.sub(r"[\W_]+", "", typed(column).casefold())


def last_part(column: str) -> str:
    """The name without the path to it, its namespace, what it is of, and RecBole's types.

    >>> last_part("g:title"), last_part("bookauthor"), last_part("item_id:token")
    ('title', 'author', 'item_id')
    """
    parts = [part for part in _PATH.split(column) if part not in _TYPES]
    last = parts[-1] if parts else column
    rests = (last.casefold().removeprefix(word) for word in _GLUED)
    return next((rest for rest in rests if rest != last.casefold() and rest in _KNOWN), last)


@cache
def readings(column: str) -> tuple[tuple[str, float], ...]:
    """Plain names that ``column`` may stand for, each with how surely it does.

    >>> readings("g:title")
    (('gtitle', 1.0), ('title', 0.95))
    >>> readings("movie_title")[-1]
    ('title', 0.85)
    """
    found = {plain(column): 1.0}
    last = last_part(column)
    found.setdefault(plain(last), 0.95)
    for word in _GLUED:
        if len(word) + 2 < len(plain(last)):
            found.setdefault(plain(last).removeprefix(word), 0.85)
    words = [word.casefold() for word in _WORD.findall(typed(last))]
    rest = [word for word in words if word not in _ENTITIES]
    found.setdefault("".join(rest), 0.85)
    if words[-1:] in (["name"], ["names"]):  # of an author, a brand
        found.setdefault("".join(rest[:-1]), 0.8)
    found.pop("", None)
    return tuple(found.items())


def match(column: str, names: str) -> tuple[float, int] | None:
    """How surely ``column`` is called one of ``names``, and the place among them; None if not.

    A name in Chinese may have more in front of it.

    >>> match("recipe_name", "title name"), match("商品名称", "名称"), match("colour", "title")
    ((0.85, 1), (0.85, 0), None)
    """
    places = _places(names)
    for name, sure in readings(column):
        if name in places:
            return sure, places[name]
    if column.isascii():
        return None
    for name, _ in readings(column):
        for end, place in places.items():
            if not end.isascii() and len(end) > 1 and name.endswith(end):
                return 0.85, place
    return None


@cache
def _places(names: str) -> dict[str, int]:
    return {name: place for place, name in enumerate(names.split())}


def named(column: str, table: dict[str, str]) -> str:
    """The key of ``table`` that the column is called by; "" for none.

    >>> named("Book-Author", PEOPLE), named("genres", PEOPLE)
    ('written_by', '')
    """
    return next((key for key, names in table.items() if match(column, names)), "")
