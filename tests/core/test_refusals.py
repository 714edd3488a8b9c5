"""What the Wagtail admin stumbles over becomes a message or a page that says so, never a fault of ours."""

from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document

from portal.home.models import ArticleIndexPage
from tests.cast import person
from tests.factories.stories import make_consent

ClientFor = Callable[..., Client]


def test_what_other_things_need_stays_and_the_person_is_told_why(tenant_a: Any, client_for: ClientFor) -> None:
    paper = Document.objects.create(
        title="同意书", file=ContentFile(b"paper", "paper.txt"), uploaded_by_user=person("publicist")
    )
    make_consent(document=paper)
    client = client_for(tenant_a, "publicist")
    asked = client.post(f"/cms/documents/delete/{paper.pk}/", HTTP_REFERER="http://testserver/elsewhere/")
    assert (asked.status_code, asked["Location"]) == (302, "/cms/")
    assert "还有别处在用，不能删除" in client.get("/cms/").content.decode()
    assert Document.objects.get() == paper


def test_a_form_with_parts_missing_is_a_400_and_changes_nothing(tenant_a: Any, client_for: ClientFor) -> None:
    page = ArticleIndexPage.objects.get()
    client = client_for(tenant_a, "officer", raise_request_exception=False)
    answer = client.post(f"/cms/pages/{page.pk}/copy/", {"new_title": "x"})
    assert answer.status_code == 400
    assert "这个请求我们读不懂" in answer.content.decode()
    assert ArticleIndexPage.objects.count() == 1
