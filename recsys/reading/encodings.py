"""Which encoding the bytes of a text are in.

Marks at the start and UTF-8 tell themselves. For others, letters tell: a text is in the encoding in
which most of what is not ASCII is what one of the languages written in it writes. What that cannot
tell is left to charset-normalizer.
"""

import codecs
import re
from typing import IO

from charset_normalizer import from_bytes

from recsys.errors import DataError

TITLES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 (little-endian)",
    "utf-16-be": "UTF-16 (big-endian)",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252 (Western Europe)",
    "iso8859_15": "ISO 8859-15 (Western Europe)",
    "mac_roman": "Mac Roman",
    "cp850": "DOS 850 (Western Europe)",
    "cp1250": "Windows-1250 (Central Europe)",
    "iso8859_2": "ISO 8859-2 (Central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "koi8_r": "KOI8-R (Cyrillic)",
    "cp866": "DOS 866 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
    "cp874": "Windows-874 (Thai)",
    "gb18030": "GB18030 (simplified Chinese)",
    "big5": "Big5 (traditional Chinese)",
    "cp932": "Shift-JIS (Japanese)",
    "euc_jp": "EUC-JP (Japanese)",
    "iso2022_jp": "ISO-2022-JP (Japanese)",
    "cp949": "EUC-KR (Korean)",
}
"""What can be chosen, and what people call it."""
LOST = "recsys.lost"
"""The error handler by which bytes that are no text become one lone surrogate."""

_PIECE = 1 << 20
_SAMPLE = 1 << 15
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_WESTERN = "äöüß éèàçêâîôûëïùœ ñáéíóúü ãõáàâéêíóôúçü àèéìòù åäöøæé áðéíóúýþæö".split()
_CENTRAL = "ąćęłńóśźż áčďéěíňóřšťúůýž áéíóöőúüű ăâîșțşţ čćđšž áäčďéíĺľňóôŕšťúýž".split()
_TURKISH = ["çğıöşüâîûİ"]
_CYRILLIC = ["абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўјљњћџђ"]
_LETTERS: dict[str, list[str]] = {
    "cp1252": _WESTERN,
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "cp1254": _TURKISH,
    "cp1255": ["אבגדהוזחטיךכלםמןנסעףפץצקרשתְֱֲֳִֵֶַָֹֻּׁׂ"],
    "cp1251": _CYRILLIC,
    "koi8_r": _CYRILLIC,
    "cp866": _CYRILLIC,
    "cp1253": ["αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ"],
    "cp1256": ["ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئپچژگًٌٍَُِّْ،؛؟"],
    "cp874": ["กขคงจฉชซญฐฑณดตถทธนบปผฝพฟภมยรลวศษสหอฮะัาำิีึืุูเแโใไ็่้์"],
    "mac_roman": _WESTERN,
    "cp850": _WESTERN,
}
"""The letters of languages, by the encodings they are written in; the likelier first."""
_SIGNS = "«»“”„‘’‚–—…€£§°·•¿¡®©™´¨º½№\xa0"
_PAIRS = {
    "cp949": ("euc_kr", ((0xB0, 0xC8),), ()),
    "gb18030": ("gb2312", ((0xB0, 0xD7),), ((0xA1, 0xA3),)),
    "big5": ("big5", ((0xA4, 0xC6),), ((0xA1, 0xA3),)),
    "cp932": ("shift_jis", ((0x82, 0x83), (0x88, 0x97)), ((0x81, 0x81),)),
    "euc_jp": ("euc_jp", ((0xA4, 0xA5), (0xB0, 0xCF)), ((0xA1, 0xA3),)),
}
"""The narrower set that holds the usual signs of an encoding of two bytes, and the first bytes of
those that are frequent, and of signs that are no letters."""
_ALWAYS, _SOME = 0.9, 0.1
_SURE = 0.6
_MIXED = 0.97
"""What letters of several languages of one encoding count: nearly as much as those of one."""
_CAPITAL = 0.9
_ENOUGH = 20
"""Letters that are not ASCII, below which no statistics tell."""


def _lost(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udcff", error.end


codecs.register_error(LOST, _lost)


def codec(encoding: str) -> str:
    """The name of the decoder that also takes a mark at the start away.

    Raises DataError for a name that is no encoding of text.
    """
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except (LookupError, ValueError):
        known = ", ".join(TITLES)
        raise DataError(f"cannot be read as {encoding!r}; there are: {known}.") from None
    return "utf-8-sig" if name == "utf-8" else name


def find(file: IO[bytes]) -> str:
    """The encoding of a ``file``, all of which is looked at; "utf-8" where nothing tells."""
    file.seek(0)
    start = file.read(4096)
    for mark, name in _MARKS.items():
        if start.startswith(mark):
            return name
    wide = _wide(start)
    if wide:
        return wide
    declared = re.match(rb"<\?xml[^>]*encoding=[\"']([\w.:-]+)[\"']", start)
    file.seek(0)
    sample = _foreign_lines(file)
    if b"\x1b$" in start:
        return "iso2022_jp"
    if not sample:
        return "utf-8"
    if declared and not _is_utf8(declared[1].decode()):
        return _declared(declared[1].decode())
    return _by_letters(sample)


def _wide(start: bytes) -> str:
    """By the bytes that are zero in signs of ASCII, of which any table has some."""
    if b"\0" not in start:
        return ""
    zeros = [start[place::4].count(0) * 4 / len(start) for place in range(4)]
    if min(zeros[2], zeros[3]) > _ALWAYS:
        return "utf-32-le"
    if min(zeros[0], zeros[1]) > _ALWAYS:
        return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if max(even, odd) > _SOME and max(even, odd) > 4 * min(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _is_utf8(name: str) -> bool:
    return name.lower() in ("utf-8", "utf8")


def _declared(name: str) -> str:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return "utf-8"
    return "cp1252" if found in ("iso8859-1", "ascii") else found


def _foreign_lines(file: IO[bytes]) -> bytes:
    """Some lines that are not ASCII; none when the whole is UTF-8, or ASCII."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    sound, sample = True, b""
    while piece := file.read(_PIECE):
        if piece.isascii() and not decoder.getstate()[0]:
            continue
        if len(sample) < _SAMPLE:
            lines = re.findall(rb"[^\n]*[\x80-\xff][^\n]*", piece)
            sample += b"\n".join(lines)[:_SAMPLE]
        elif not sound:
            break
        try:
            decoder.decode(piece)
        except UnicodeDecodeError as error:
            sound = False
            sample = piece[max(0, error.start - 200) : error.start + 200] + b"\n" + sample
            decoder.reset()
    if sound:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return sample
        return b""
    return sample


def _by_letters(sample: bytes) -> str:
    text = sample.decode("utf-8", LOST)
    lost = text.count("\udcff")
    if sum(sign > "\x7f" for sign in text) - lost > 4 * lost:
        return "utf-8"
    scores = {name: _pairs_score(sample, name) for name in _PAIRS}
    scores |= {name: _letters_score(sample, name) for name in _LETTERS}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= _SURE:
        return best
    if sum(byte > 0x7F for byte in sample) < _ENOUGH:
        return "utf-8"
    guessed = from_bytes(sample[: _SAMPLE // 4]).best()
    return guessed.encoding if guessed else "utf-8"


def _pairs_score(sample: bytes, name: str) -> float:
    """The share of signs that are frequent where ``name`` is used.

    Those beside a letter of ASCII count for nothing: there, two bytes are two letters.
    """
    narrow, usual, signs = _PAIRS[name]
    text = sample.decode(name, LOST)
    alone = re.findall(r"(?<![A-Za-z])[^\x00-\x7f\udcff](?![A-Za-z])", text)
    total = sum(sign > "\x7f" for sign in text)
    if name == "cp949" and total < _ENOUGH:
        return 0.0  # the frequent signs of Chinese are more, so a few are always among these
    points = 0.0
    for sign in alone:
        pair = sign.encode(narrow, "ignore")
        first = pair[0] if len(pair) == 2 else 0
        if any(low <= first <= high for low, high in usual):
            points += 1
        elif any(low <= first <= high for low, high in signs):
            points += 0.9
    return points / max(total, 1)


def _letters_score(sample: bytes, name: str) -> float:
    """The share of signs that a language has which is written in ``name``.

    Words with a capital within or with letters of two scripts count against it: KOI8 is
    Windows-1251 with the cases turned.
    """
    text = sample.decode(name, LOST)
    found = re.findall("[^\x00-\x7f]", text)
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    odd = sum(word[0].islower() and not word[1:].islower() for word in words if len(word) > 1)
    if _LETTERS[name] not in (_WESTERN, _CENTRAL, _TURKISH):
        odd += sum(bool(re.search("[A-Za-z]", word)) for word in words)
    together = "".join(_LETTERS[name])
    signs = _SIGNS if name.startswith(("cp125", "iso")) else ""
    alone = max(_points(found, letters, signs) for letters in _LETTERS[name])
    mixed = _MIXED * _points(found, together, signs)
    return max(alone, mixed) / len(found) - odd / max(len(words), 1)


def _points(found: list[str], letters: str, signs: str) -> float:
    """How many are ``letters`` or ``signs``; capitals are rarer, and count a little less."""
    small = sum(sign in letters or sign in signs for sign in found)
    capitals = sum(sign.lower() in letters and sign not in letters for sign in found)
    return small + _CAPITAL * capitals
