"""The mails of saved searches; each is written when it is sent, so that no address stands in a queue."""

from collections.abc import Mapping

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.addresses import absolute_url
from portal.core.queries import site_name
from portal.finding.asking import Asked
from portal.finding.domain.saved import newest
from portal.finding.models import SavedSearch
from portal.finding.news import MOST_TOLD, asked_again, news
from portal.finding.wording import described
from search.query import Hit
from tenants.tasks import task

BACK_OFF = (60, 300, 1800)


@task(retries=BACK_OFF)
def mail_confirmation(saved_id: int) -> None:
    """Ask whether the owner of the address wants it."""
    saved = SavedSearch.objects.filter(pk=saved_id).first()
    if saved is None:
        return
    link = absolute_url(reverse("saved_search:confirm", args=[saved.confirm_token]))
    asked = asked_again(saved, now=timezone.now())
    context = {"site": site_name(), "link": link, "question": described(asked)}
    _send(saved, _("请确认：有新结果时告诉您"), "confirm", context)


@task(retries=BACK_OFF)
def mail_news(saved_id: int) -> None:
    """Tell what is new, if anything is; the row remembers it when the mail is out."""
    now = timezone.now()
    with transaction.atomic():
        # The lock keeps a second worker from sending the same.
        rows = SavedSearch.objects.select_for_update(skip_locked=True)
        saved = rows.filter(pk=saved_id, confirmed_at__isnull=False, seen_on__lt=timezone.localdate(now)).first()
        if saved is None:
            return
        last, asked = newest(), asked_again(saved, now=now)
        hits = news(saved, asked)
        if hits:
            _mail(saved, hits, asked, described(asked))
            saved.last_sent_at = now
        saved.seen, saved.seen_on = last, timezone.localdate(now)
        saved.save(update_fields=["last_sent_at", "seen", "seen_on"])


def _mail(saved: SavedSearch, hits: list[Hit], asked: Asked, question: str) -> None:
    root = absolute_url("")
    rows = [
        {"title": hit.row.title, "facts": " ".join(hit.row.shown.get("facts", ())), "link": root + hit.row.url}
        for hit in hits[:MOST_TOLD]
    ]
    context = {
        "site": site_name(),
        "question": question,
        "rows": rows,
        "more": max(0, len(hits) - MOST_TOLD),
        "all": f"{root}/search/?{asked.encoded}",
        "stop": _stop_address(saved),
    }
    subject = ngettext("%(count)s条新结果：%(question)s", "%(count)s条新结果：%(question)s", len(hits))
    _send(saved, subject % {"count": len(hits), "question": question[:60]}, "news", context)


def _send(saved: SavedSearch, subject: str, template: str, context: Mapping[str, object]) -> None:
    body = render_to_string(f"finding/mail/{template}.txt", context)
    # RFC 8058: the mail program's own button stops it, without opening a page.
    headers = {"List-Unsubscribe": f"<{_stop_address(saved)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    line = " ".join(f"【{context['site']}】{subject}".split())
    EmailMessage(line, body, to=[saved.mail], headers=headers).send()


def _stop_address(saved: SavedSearch) -> str:
    return absolute_url(reverse("saved_search:stop", args=[saved.stop_token]))
