"""How findings are put into words, on the page of one certificate and in the table of many."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.enums import KeyState, SealProfile
from certificates.models import SigningKey
from certificates.verification import Finding, Hint, Outcome
from certificates.wording import shown_date

TITLES: dict[Any, Any] = {
    Outcome.VALID: gettext_lazy("真的，有效"),
    Outcome.SUPERSEDED: gettext_lazy("真的，但已被新证书替换"),
    Outcome.REVOKED: gettext_lazy("已撤销，不要采信"),
    Outcome.FORGOTTEN: gettext_lazy("真的，保存期已满"),
    Outcome.ALTERED: gettext_lazy("文件被改过，不要采信"),
    Outcome.UNKNOWN: gettext_lazy("没有这张证书"),
    Outcome.ELSEWHERE: gettext_lazy("不是本站出具的"),
    Outcome.FOREIGN: gettext_lazy("不是这里出具的证书"),
    Outcome.UNREADABLE: gettext_lazy("这个文件核验不了"),
}

#: Sentences by outcome and hint; `number` and `site` may be named in them.
SENTENCES: dict[tuple[Any, Any], Any] = {
    (Outcome.SUPERSEDED, Hint.NONE): gettext_lazy("这张证书出具后更正过，不再使用。"),
    (Outcome.REVOKED, Hint.NONE): gettext_lazy("这张证书出具过，后来撤销了。"),
    (Outcome.FORGOTTEN, Hint.NONE): gettext_lazy("编号%(number)s出具过，保存期已满，内容不再保存。"),
    (Outcome.ALTERED, Hint.NONE): gettext_lazy(
        "文件里有编号%(number)s，但内容与存档不一致。用软件另存、压缩、加批注也会这样。"
    ),
    (Outcome.ALTERED, Hint.ADDED_TO): gettext_lazy(
        "文件里有编号%(number)s，前面部分与存档相同，但后面被加进了别的内容。"
    ),
    (Outcome.ALTERED, Hint.CUT_OFF): gettext_lazy(
        "文件里有编号%(number)s，但文件不完整，可能没有下载完。请重新下载再核验。"
    ),
    (Outcome.ALTERED, Hint.SCRIPTED): gettext_lazy(
        "文件里有编号%(number)s，但内容与存档不一致，还带有脚本。这里出具的证书从不带脚本，不要打开它。"
    ),
    (Outcome.ALTERED, Hint.CREDENTIAL): gettext_lazy(
        "凭证里有编号%(number)s，但内容与签出时存档的不一致。换行、缩进不同不算改过。"
    ),
    (Outcome.UNKNOWN, Hint.NONE): gettext_lazy(
        "没找到编号%(number)s。请对照证书再看一遍；仍找不到的，说明它不是这里出具的。"
    ),
    (Outcome.ELSEWHERE, Hint.NONE): gettext_lazy("编号%(number)s属于%(site)s的站点，请到那里核验。"),
    (Outcome.FOREIGN, Hint.NONE): gettext_lazy(
        "这是一个PDF，但里面没有这里的证书编号和数据。打印后再扫描的请按编号核验。"
    ),
    (Outcome.FOREIGN, Hint.MISNUMBERED): gettext_lazy("文件里的编号校验位对不上，这里从没出具过这样的编号。"),
    (Outcome.FOREIGN, Hint.NOT_CREDENTIAL): gettext_lazy("这是JSON文件，但不是这里签出的电子凭证。"),
    (Outcome.UNREADABLE, Hint.BROKEN_JSON): gettext_lazy(
        "这个JSON文件读不出来：没有下载完、嵌套得太深，或者同一个名称写了两遍。请重新下载，再交一次。"
    ),
    (Outcome.UNREADABLE, Hint.EMPTY): gettext_lazy("文件是空的。请重新下载，再交一次。"),
    (Outcome.UNREADABLE, Hint.NOT_PDF): gettext_lazy(
        "这不是PDF文件，也不是电子凭证。照片、截图和Word文件请按编号核验。"
    ),
    (Outcome.UNREADABLE, Hint.ARCHIVE): gettext_lazy("这是压缩包，请到批量核验，里面的证书逐张核验。"),
    (Outcome.UNREADABLE, Hint.LOCKED): gettext_lazy("文件加了密码。这里出具的证书从不加密；请交没有加密的原件。"),
    (Outcome.UNREADABLE, Hint.CUT_OFF): gettext_lazy("文件不完整，可能没有下载完。请重新下载，再交一次。"),
}

KINDS = {Outcome.VALID: "true", Outcome.SUPERSEDED: "old", Outcome.FORGOTTEN: "old"}


def title(finding: Finding) -> str:
    """What it is worth, in a few words."""
    return str(TITLES[finding.outcome])


def sentence(finding: Finding) -> str:
    """Why, and what to do next."""
    if finding.outcome == Outcome.VALID and finding.is_credential:
        return _("凭证的内容与签出时存档的一致。")
    if finding.outcome == Outcome.VALID:
        return _("文件与出具时存档的一字不差。") if finding.from_file else _("编号与存档一致。")
    text = SENTENCES[finding.outcome, finding.hint]
    return str(text) % {"number": finding.number, "site": finding.site_name}


def kind(finding: Finding) -> str:
    """Which mark stands before it: true, old or false."""
    return KINDS.get(finding.outcome, "false")


def seal(finding: Finding) -> str:
    """How what was issued was sealed or signed, and what became of the key; nothing where nothing was found."""
    if not finding.public:
        return ""
    key = finding.key
    if key is None:
        return _("这张证书的文件出具时没有电子签章，真假以这里的核验结果为准。")
    words = {"profile": finding.seal_profile, "key": key.fingerprint[:16]}
    if finding.is_credential:
        text = _("凭证由密钥%(key)s…签名。") % words
    elif finding.seal_profile == SealProfile.STAMPED:
        text = _("文件出具时由密钥%(key)s…签章（PAdES %(profile)s，带时间戳）。") % words
    else:
        text = _("文件出具时由密钥%(key)s…签章（PAdES %(profile)s，不带时间戳）。") % words
    return text + _of_key(key)


def _of_key(key: SigningKey) -> str:
    if key.state == KeyState.REVOKED:
        words = {"day": shown_date(timezone.localdate(key.revoked_at)), "reason": key.revoked_reason}
        return _("这个密钥%(day)s起已撤销（%(reason)s）：只凭签章不能采信，以这里的核验结果为准。") % words
    if key.state == KeyState.RETIRED:
        return _("这个密钥%(day)s起已换下，从前签的仍有效。") % {"day": shown_date(timezone.localdate(key.retired_at))}
    return _("这个密钥还在用。")
