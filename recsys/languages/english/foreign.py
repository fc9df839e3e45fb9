"""Which language a text is in, guessed by the words that no text goes without."""

import re
from collections.abc import Sequence

STOP_WORDS = {
    "English": (
        "the a an and or but not no of to in on for with without from by about like i i'm i've"
        " i'd me my we you it it's is are was were be been that this what who where when which"
        " something anything nothing some any more less than too very so just all as at have has"
        " had do does don't if there then them they he she his her their one into over up out"
        " really also can would love want good give please plus"
    ),
    "German": (
        "der die das ein eine einen einem einer und oder aber nicht kein keine keinen mit ohne"
        " über für von vom zum zur im am auf aus bei ich mir mich wir ist sind war etwas nichts"
        " mehr als auch sehr wie wo wer was den dem des zu nur noch gern gerne bitte mag möchte"
        " suche über ueber film filme"
    ),
    "French": (
        "le la les un une des du de et ou mais pas sans avec pour par sur dans en au aux je j'aime"
        " moi nous vous il elle est sont était qui que quoi où quelque chose rien plus moins trop"
        " très aussi comme mon ma mes ce cette ces ne d'un d'une l' qu'on tout tous bien s'il"
        " plaît films"
    ),
    "Spanish": (
        "el la los las un una unos unas y o pero no sin con para por en de del al que quien donde"
        " algo nada más menos muy también como mi me nos yo es son era fue este esta ese lo se su"
        " sus quiero gusta gustan película películas pelis sobre todo"
    ),
    "Italian": (
        "il lo la gli le un uno una e o ma non senza con per in di del della dei delle al alla che"
        " chi dove qualcosa niente più meno molto anche come mi mio io è sono era questo questa"
        " da dal nel nella sul vorrei piace film ho si"
    ),
    "Portuguese": (
        "o a os as um uma uns umas e ou mas não sem com para por em de do da dos das no na que"
        " quem onde algo nada mais menos muito também como meu minha eu me nós é são era este esta"
        " isso quero gosto filme filmes sobre ao"
    ),
    "Dutch": (
        "de het een en of maar niet geen zonder met voor van over in op uit bij ik mij me wij we"
        " is zijn was iets niets meer minder te heel ook als wie wat waar die dat dit graag wil"
        " naar om hou films"
    ),
    "Swedish": (
        "en ett den det de och eller men inte ingen inga utan med för från om i på av jag mig vi"
        " är var något inget mer mindre mycket också som vad vem där gärna vill till film filmer"
        " tycker att"
    ),
    "Danish": (
        "en et den det de og eller men ikke ingen uden med for fra om i på af jeg mig vi er var"
        " noget intet mere mindre meget også som hvad hvem hvor gerne vil til film"
    ),
    "Polish": (
        "i a lub albo ale nie bez z ze dla o od w we na do po ja mnie my jest są był była coś nic"
        " więcej mniej bardzo też jak co kto gdzie ten ta to film filmy chcę lubię się"
    ),
    "Turkish": (
        "bir ve veya ama değil yok için ile gibi hakkında bu şu o ben bana biz var çok daha az ne"
        " kim nerede film filmler istiyorum seviyorum olmayan olan da de"
    ),
    "Finnish": (
        "ja tai mutta ei ilman kanssa on ovat oli joka mikä kuka missä jotain mitään enemmän hyvin"
        " myös kuin minä minun se tämä elokuva elokuvia haluan"
    ),
    "Indonesian": (
        "yang dan atau tapi tidak tanpa dengan untuk dari di ke tentang saya aku kami ada adalah"
        " ini itu sesuatu lebih sangat juga seperti apa siapa film mau suka"
    ),
}
"""Language -> its most frequent small words, and those that ask for a film."""

SCRIPTS = (
    ("Russian", re.compile(r"[а-яё]", re.IGNORECASE)),
    ("Greek", re.compile(r"[α-ωάέήίόύώ]", re.IGNORECASE)),
    ("Japanese", re.compile(r"[\u3040-\u30ff]")),
    ("Korean", re.compile(r"[\uac00-\ud7af]")),
    ("Chinese", re.compile(r"[\u4e00-\u9fff]")),
    ("Arabic", re.compile(r"[\u0600-\u06ff]")),
    ("Hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("Hindi", re.compile(r"[\u0900-\u097f]")),
)
"""Language -> letters that only texts in other scripts than Latin have."""

SCRIPT_SHARE = 0.5
"""A text is in another script when more than this share of its letters is."""

_WORDS = {name: frozenset(words.split()) for name, words in STOP_WORDS.items()}
_LANGUAGES: dict[str, list[str]] = {}
for _name, _known in _WORDS.items():
    for _word in _known:
        _LANGUAGES.setdefault(_word, []).append(_name)
ENGLISH = _WORDS["English"] | frozenset(
    "film films war die man men do son pour set in on hat noir age made is god era fast"
    " also".split()
)
"""English stop words, and English words that are stop words elsewhere."""


def stop_shares(words: Sequence[str]) -> dict[str, float]:
    """The share of ``words``, in small letters, that are stop words of each language.

    >>> stop_shares(["ein", "film", "nicht", "traurig"])["German"]
    0.75
    """
    found = dict.fromkeys(_WORDS, 0)
    for word in words:
        for name in _LANGUAGES.get(word, ()):
            found[name] += 1
    return {name: count / max(len(words), 1) for name, count in found.items()}


def other_script(text: str) -> str:
    """The language of a text in another script than Latin, or nothing.

    >>> other_script("фильм о дружбе"), other_script("a film")
    ('Russian', '')
    """
    letters = max(sum(map(str.isalpha, text)), 1)
    found = {name: len(script.findall(text)) for name, script in SCRIPTS}
    if sum(found.values()) <= SCRIPT_SHARE * letters:
        return ""
    return next(name for name in found if found[name])
