"""What a volunteer's card says: given by the caller, like the facts of a certificate, but never frozen or numbered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from certificates.facts import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFacts:
    """One card on the day `as_of`; equal facts print equal cards.

    `level` is 0 to 5, `level_words` and `level_rule` say what it means and rests on, `qr_url` is all capitals.
    """

    holder_name: str
    volunteer_number: str
    since: date
    programme: Programme
    site_name: str
    issuer: str
    phone: str
    level: int
    level_words: str
    level_rule: str
    minutes: int
    as_of: date
    qr_url: str

    @property
    def check_host(self) -> str:
        """As people write it."""
        return urlsplit(self.qr_url).netloc.lower()

    def texts(self) -> Iterator[tuple[str, object, str]]:
        """(field, label, text) of everything printed that somebody typed, the name first."""
        yield "holder_name", _("姓名"), self.holder_name
        yield "issuer", _("单位名称"), self.issuer + self.site_name
        yield "phone", _("电话"), self.phone
        yield "programme", _("品牌名称"), self.programme.title
        yield "level_rule", _("星级的依据"), self.level_rule
