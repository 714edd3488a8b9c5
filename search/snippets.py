"""What was sought, marked in a title and in the passage that holds most of it."""

from collections.abc import Sequence

from search.normal import normal
from search.patterns import figures

Pieces = Sequence[tuple[str, bool]]
#: Characters of a passage.
PASSAGE = 90
_STEP = 15
_SENTENCE_ENDS = "。！？；\n"


def marked(text: str, terms: set[str]) -> Pieces:
    """The whole of `text` in pieces: (piece, whether it is what was sought)."""
    return _pieces(text, _covered(text, terms))


def passage(text: str, terms: set[str], *, length: int = PASSAGE) -> Pieces:
    """The part of `text` that holds most different terms, beginning at a sentence where one is near."""
    if len(text) <= length:
        return marked(text, terms)
    covered = _covered(text, terms)
    if not any(covered):
        return [(text[:length] + "……", False)]
    plain = normal(text)
    start = _best_start(plain, covered, terms, length)
    cut = text[start : start + length]
    pieces = list(_pieces(cut, covered[start : start + length]))
    before, after = "……" if start else "", "……" if start + length < len(text) else ""
    return [piece for piece in ((before, False), *pieces, (after, False)) if piece[0]]


def _covered(text: str, terms: set[str]) -> list[bool]:
    """For each character whether it belongs to what was sought; characters alone only when nothing longer is sought."""
    plain = normal(text)
    marks = [False] * len(text)
    longer = {term for term in terms if len(term) > 1 and term[0] not in "~^@#+="}
    for term in longer or {term for term in terms if len(term) == 1}:
        at = plain.find(term)
        while at >= 0:
            marks[at : at + len(term)] = [True] * len(term)
            at = plain.find(term, at + 1)
    if any(term[0] in "@#+" for term in terms):
        for figure in figures(plain):
            if terms & set(figure.terms):
                marks[figure.start : figure.end] = [True] * (figure.end - figure.start)
    return marks


def _best_start(plain: str, covered: Sequence[bool], terms: set[str], length: int) -> int:
    best, start = -1, 0
    for at in range(0, max(len(plain) - length // 2, 1), _STEP):
        if not any(covered[at : at + length]):
            continue
        window = plain[at : at + length]
        held = sum(len(term) for term in terms if term in window) * 100 + sum(covered[at : at + length])
        if held > best:
            best, start = held, at
    first = next(at for at in range(start, len(plain)) if covered[at])
    # From the beginning of the sentence, unless that is far before the first mark.
    sentence = max((plain.rfind(end, 0, first) for end in _SENTENCE_ENDS), default=-1) + 1
    return sentence if first - sentence <= length // 3 else max(0, min(start, first))


def _pieces(text: str, marks: Sequence[bool]) -> Pieces:
    pieces: list[tuple[str, bool]] = []
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and marks[end] == marks[at]:
            end += 1
        pieces.append((text[at:end], marks[at]))
        at = end
    return pieces
