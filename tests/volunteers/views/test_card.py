"""The volunteer card: its holder alone has it, anybody may check it, and nobody learns more than that it is valid."""

import io
from collections.abc import Callable
from functools import partial
from typing import Any

import pypdf
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context

from portal.core.models import LegalFooter, RuleSettings, SiteIdentity
from portal.volunteers.domain.cards import make_card, replace_card, take_back_card
from portal.volunteers.enums import RecordState
from portal.volunteers.models import Card, Volunteer
from tests.cast import ROLES
from tests.confirming import confirmed
from tests.factories.projects import make_project
from tests.factories.volunteers import make_record, make_volunteer, past_shift
from tests.queries import queries_of
from tests.volunteers.domain.test_sign_up_races import at_once

ClientFor = Callable[..., Client]
DESK = "/desk/card/"
VALID, NOT_VALID = "<h2>有效</h2>", "无效，不要采信"


def address(card: Card) -> str:
    return f"/K/{card.token}"


@pytest.fixture
def volunteer(tenant_a: Any) -> Any:
    """李小梅 with two confirmed hours, which are one star here, an address, a mobile and an identity number."""
    made = make_volunteer("volunteer", id_number="120101196203120028", address="和平区示例路1号2单元")
    made.user.name, made.user.mobile = "李小梅", "13800138000"
    made.user.save()
    make_record(made, state=RecordState.CONFIRMED)
    make_record(made, past_shift())
    RuleSettings.objects.update_or_create(pk=1, defaults={"star_hours": [2, 3, 4, 5, 6]})
    return Volunteer.objects.select_related("user").get(pk=made.pk)


def test_a_card_is_made_shown_replaced_and_taken_back(tenant_a: Any, client_for: ClientFor, volunteer: Any) -> None:
    client, stranger = client_for(tenant_a, "volunteer"), client_for(tenant_a)
    assert "还没有志愿者证" in client.get(DESK).text
    page = client.post(f"{DESK}make/", follow=True).text
    first = Card.objects.get()
    shown = ["李小梅", volunteer.number, "★☆☆☆☆", "已达到一星的时长", "已确认2.0小时", "<svg", address(first)]
    assert [words for words in shown if words not in page] == []
    hidden = ["120101196203120028", "1201****", "示例路1号", "1962", "13800138000"]
    assert [words for words in hidden if words in page] == []

    client.post(f"{DESK}make/")
    assert Card.objects.get() == first
    for act in ("replace", "take-back"):
        asked = client.post(f"{DESK}{act}/").text
        assert ("不能恢复" in asked, f'action="{DESK}{act}/"' in page) == (True, True)
    assert Card.objects.get(ended_at=None) == first
    confirmed(client, f"{DESK}replace/")
    second = Card.objects.get(ended_at=None)
    assert second.token != first.token
    assert [stranger.get(address(card)).status_code for card in (first, second)] == [404, 200]
    confirmed(client, f"{DESK}take-back/")
    assert stranger.get(address(second)).status_code == 404
    assert "还没有志愿者证" in client.get(DESK).text
    assert take_back_card(volunteer) is False


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
def test_everybody_has_at_most_a_card_of_their_own(tenant_a: Any, client_for: ClientFor, role: str) -> None:
    holder = make_volunteer(name="李小梅")
    card = make_card(holder)
    if role == "volunteer":
        make_volunteer(role)
    client = client_for(tenant_a, role)
    for path in ("", "pdf/"):
        page = client.get(f"{DESK}{path}")
        assert (holder.number in page.text, card.token in page.text) == (False, False)
        assert page.status_code == (200 if role == "volunteer" and not path else 302)
    for act in ("make", "replace", "take-back"):
        assert client.get(f"{DESK}{act}/").status_code == 302
        assert confirmed(client, f"{DESK}{act}/").status_code == 302
    assert list(Card.objects.filter(ended_at=None).exclude(volunteer__user__username="volunteer")) == [card]
    assert client.get(address(card)).status_code == 200


def test_the_check_says_name_masked_level_and_site_and_nothing_else(
    tenant_a: Any, client_for: ClientFor, volunteer: Any
) -> None:
    SiteIdentity.objects.update_or_create(pk=1, defaults={"site_name": "津牌养老"})
    card = make_card(volunteer)
    response = client_for(tenant_a).get(address(card))
    facts = response.text.partition('<dl class="facts">')[2].partition("</dl>")[0]
    for words in ("李**", "已达到一星的时长", "津牌养老"):
        assert words in facts
    assert facts.count("<dt>") == 3
    secrets = ["李小梅", volunteer.number, "2.0小时", "1201****", "1962"]
    assert [secret for secret in secrets if secret in response.text] == []
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]
    assert client_for(tenant_a).get(address(card).lower()).status_code == 200


def test_a_name_of_one_character_is_masked_whole(tenant_a: Any, client_for: ClientFor) -> None:
    page = client_for(tenant_a).get(address(make_card(make_volunteer(name="龘")))).text
    assert (VALID in page, "龘" in page) == (True, False)


def test_wrong_ended_and_closed_are_answered_alike_at_the_same_cost(
    tenant_a: Any, tenant_b: Any, client_for: ClientFor, volunteer: Any
) -> None:
    client = client_for(tenant_a)
    ended = make_card(volunteer)
    open_one = replace_card(volunteer)
    closed = make_card(make_volunteer())
    type(volunteer.user).objects.filter(pk=closed.volunteer.user_id).update(is_active=False)
    with tenant_context(tenant_b):
        elsewhere = make_card(make_volunteer())
    urls = [address(card) for card in (ended, closed, elsewhere)]
    urls += ["/K/x", f"/K/{open_one.token[:-1]}", f"/K/{open_one.token}A", f"/K/{'A' * 24}", f"/K/{open_one.pk}"]
    answers = [client.get(url) for url in urls]
    assert [answer.status_code for answer in answers] == [404] * 8
    assert len({answer.text.replace(url, "#") for answer, url in zip(answers, urls, strict=True)}) == 1
    assert (NOT_VALID in answers[0].text, VALID in answers[0].text) == (True, False)
    assert [queries_of(partial(client.get, url)) for url in urls] == [8] * 8
    assert queries_of(partial(client.get, address(open_one))) == 9
    assert client_for(tenant_b).get(address(open_one)).status_code == 404
    assert client_for(tenant_b).get(address(elsewhere)).status_code == 200


def test_an_account_that_is_opened_again_has_its_card_again(
    tenant_a: Any, client_for: ClientFor, volunteer: Any
) -> None:
    card, users = make_card(volunteer), type(volunteer.user).objects.filter(pk=volunteer.user_id)
    statuses = []
    for active in (False, True):
        users.update(is_active=active)
        statuses.append(client_for(tenant_a).get(address(card)).status_code)
    assert statuses == [404, 200]


def test_checks_of_cards_and_of_certificates_share_one_allowance(
    tenant_a: Any, tenant_b: Any, client_for: ClientFor, volunteer: Any, settings: Any
) -> None:
    settings.CERTIFICATE_CHECKS_PER_HOUR = 3
    card, client = make_card(volunteer), client_for(tenant_a)
    statuses = [client.get(url).status_code for url in (address(card), "/K/x", "/certificates/shared/x/")]
    assert statuses == [200, 404, 404]
    for refused in (client.get(address(card)), client.get("/K/x"), client_for(tenant_b).get("/K/x")):
        assert refused.status_code == 429
        assert int(refused.headers["Retry-After"]) > 0


def test_the_pdf_is_a_card_of_its_size_in_the_brands_words(
    tenant_a: Any, client_for: ClientFor, volunteer: Any
) -> None:
    LegalFooter.objects.update_or_create(pk=1, defaults={"organiser": "和平区民政局（示例）"})
    RuleSettings.objects.update_or_create(pk=1, defaults={"star_source": "本市评定办法第五条"})
    card = make_card(volunteer)
    client = client_for(tenant_a, "volunteer")
    first, again = client.get(f"{DESK}pdf/"), client.get(f"{DESK}pdf/")
    assert (first.headers["Content-Type"], first.content == again.content) == ("application/pdf", True)
    pages = pypdf.PdfReader(io.BytesIO(first.content)).pages
    sizes = {tuple(round(float(side) * 25.4 / 72, 1) for side in page.mediabox[2:]) for page in pages}
    assert (len(pages), sizes) == (2, {(85.6, 54.0)})
    front, back = ("".join(page.extract_text().split()) for page in pages)
    assert [words for words in ("李小梅", volunteer.number, "和平区民政局（示例）") if words not in front] == []
    assert [words for words in ("已确认2小时", "本市评定办法第五条", tenant_a.host) if words not in back] == []
    assert "1962" not in front + back
    assert card.token not in front + back


@pytest.mark.parametrize(("brands", "title"), [(["寸草心"], "“寸草心”"), (["寸草心", "手足情"], "“示例站”")])
def test_the_brand_is_the_one_served_under_else_the_sites_name(
    tenant_a: Any, client_for: ClientFor, brands: list[str], title: str
) -> None:
    from portal.core.models import Brand

    SiteIdentity.objects.update_or_create(pk=1, defaults={"site_name": "示例站"})
    volunteer = make_volunteer("volunteer")
    for name in brands:
        brand = Brand.objects.get_or_create(name=name, defaults={"slug": f"b{len(name)}{brands.index(name)}"})[0]
        make_record(volunteer, past_shift(make_project(brand=brand)), state=RecordState.CONFIRMED)
    make_card(volunteer)
    assert f"{title}为老志愿服务" in client_for(tenant_a, "volunteer").get(DESK).text


def test_a_name_that_cannot_be_printed_is_told_by_its_character(
    tenant_a: Any, client_for: ClientFor, volunteer: Any
) -> None:
    type(volunteer.user).objects.filter(pk=volunteer.user_id).update(name="李\U00031350")
    make_card(volunteer)
    page = client_for(tenant_a, "volunteer").get(f"{DESK}pdf/", follow=True)
    assert "U+31350" in page.text


def test_printing_is_limited(tenant_a: Any, client_for: ClientFor, volunteer: Any, settings: Any) -> None:
    settings.CARD_PRINTS_PER_HOUR = 0
    make_card(volunteer)
    page = client_for(tenant_a, "volunteer").get(f"{DESK}pdf/", follow=True)
    assert (page.redirect_chain[-1][0], "下载得太勤了" in page.text) == (DESK, True)


def test_the_page_asks_as_much_for_one_service_as_for_three(
    tenant_a: Any, client_for: ClientFor, volunteer: Any
) -> None:
    make_card(volunteer)
    client = client_for(tenant_a, "volunteer")
    assert queries_of(partial(client.get, DESK)) == 19
    for _ in range(2):
        make_record(volunteer, past_shift(make_project()), state=RecordState.CONFIRMED)
    assert queries_of(partial(client.get, DESK)) == 19


def test_made_by_ten_threads_at_once_it_is_one_card(committed_a: Any) -> None:
    volunteer = make_volunteer()
    tokens = at_once(committed_a, [lambda: make_card(volunteer).token] * 10)
    assert len(set(tokens)) == 1
    assert Card.objects.count() == 1
    with pytest.raises(IntegrityError, match="card_one_open"), transaction.atomic():
        Card.objects.create(volunteer=volunteer)
    with pytest.raises(IntegrityError, match="card_ends_after"), transaction.atomic():
        Card.objects.update(ended_at=timezone.now().replace(year=2000))
