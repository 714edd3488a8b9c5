"""Both policies, a text for each section; where a section counts 一是, 二是, one for each of these."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from portal.home.domain import policies
from portal.home.domain.policy_text import Kind, Piece, PolicyText, read_policy
from tests.search.judged.corpus import Text

_FOLDER = Path(policies.__file__).resolve().parents[1] / "data" / "policies"
_PLACES = {"12": ("tianjin", "天津市"), "45": ("guangxi", "广西壮族自治区")}
_ORDINAL = re.compile(r"^([一二三四五六七八九十]+)是")
_NUMBER = re.compile(r"^(?:([一二三四五六七八九十]+)、|（([一二三四五六七八九十]+)）|(\d+)[.．、])")


def texts() -> Iterator[Text]:
    """`policy:tianjin` is the document with its head, `policy:tianjin:三(三)二` its section 三, (三), 二是."""
    index = tomllib.loads((_FOLDER / "index.toml").read_text(encoding="utf-8"))
    for prefix, spec in index.items():
        policy = read_policy((_FOLDER / spec["file"]).read_text(encoding="utf-8"))
        title = spec.get("title") or policy.metadata["title"]
        name, place = _PLACES[prefix]
        yield from _document(f"policy:{name}", title, spec["summary"], policy, place)


def _document(name: str, title: str, summary: str, policy: PolicyText, place: str) -> Iterator[Text]:
    path: dict[int, str] = {}
    headings: dict[int, str] = {}
    held: dict[str, tuple[str, list[str]]] = {"": (title, [summary, *policy.metadata.values()])}
    for piece in policy.pieces:
        if piece.kind is Kind.HEADING:
            path = {level: part for level, part in path.items() if level < piece.level}
            headings = {level: text for level, text in headings.items() if level < piece.level}
            path[piece.level], headings[piece.level] = _part(piece), piece.text
            continue
        if ordinal := _ORDINAL.match(piece.text):
            path[9] = ordinal[1]
        key = "".join(path[level] for level in sorted(path))
        heading = " ".join(headings[level] for level in sorted(headings)) or title
        held.setdefault(key, (heading, []))[1].append(piece.text)
    for key, (heading, parts) in held.items():
        yield Text(f"{name}:{key}" if key else name, heading, "\n".join([*parts, place]))


def _part(piece: Piece) -> str:
    """三 of 三、, (三) of （三）, 3 of 3."""
    match = _NUMBER.match(piece.text)
    chapter, section, item = match.groups() if match else ("", "", "")
    return chapter or (f"({section})" if section else item)
