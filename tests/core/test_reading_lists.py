"""Admin lists of what only verbs change: each row leads to its page, nothing is ticked, and the cost does not grow."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.utils import timezone

from certificates.domain import write_log
from certificates.enums import Action
from certificates.models import Certificate, LogEntry
from portal.core.models import RuleSettings
from portal.honours.models import Round, StarApplication
from portal.organisations.models import Organisation
from portal.volunteers.domain.asking import Wish, ask
from portal.volunteers.models import CertificateRequest, CorrectionRequest, Order, OrderLine, ServiceRecord
from tests.cast import TEAM, person
from tests.factories.certificates import make_requested
from tests.factories.honours import make_application, make_round, serve
from tests.factories.people import make_user
from tests.factories.volunteers import make_record, make_volunteer
from tests.queries import queries_of
from tests.volunteers.test_approval import scope

ClientFor = Callable[..., Client]


def make_request() -> CertificateRequest:
    RuleSettings.objects.update_or_create(pk=1, defaults={"certificate_second_person": True})
    volunteer = make_volunteer()
    serve(volunteer)
    made = ask(volunteer, Wish(scope=scope()), by=volunteer.user)
    assert isinstance(made, CertificateRequest)
    return made


def make_certificate() -> Certificate:
    return make_requested(holder_key=f"volunteer:{900 + Certificate.objects.count()}")


def make_correction() -> CorrectionRequest:
    values = {"about": "person", "claim": "名字写错了", "due_on": timezone.localdate()}
    return CorrectionRequest.objects.create(certificate=make_certificate(), volunteer=make_volunteer(), **values)


def make_order() -> Order:
    """Done, with a person for each outcome but the one that needs a certificate."""
    team, today = Organisation.objects.get(name=TEAM), timezone.localdate()
    given = {"asked_by": person("organisation_manager"), "finished_at": timezone.now()}
    made = Order.objects.create(organisation=team, start=today, end=today, **given)
    for outcome in ("refused", "waiting"):
        OrderLine.objects.create(order=made, user=make_user(), outcome=outcome, reason="x")
    return made


def make_entry() -> LogEntry:
    return write_log(Action.REVOKED, number="1", actor="staff", account=person("officer").pk, ground="misissued")


class List(NamedTuple):
    """`page` is where a row leads, if it has a page of its own; `bulk` what can be done with many."""

    model: Any
    make: Callable[[], Any]
    page: str
    queries: int
    bulk: tuple[str, ...] = ()


LISTS = [
    List(CertificateRequest, make_request, "/cms/certificate-requests/{}/", 15),
    List(Order, make_order, "/cms/certificate-orders/{}/", 16),
    List(CorrectionRequest, make_correction, "/cms/correction-requests/{}/", 15),
    List(Certificate, make_certificate, "/cms/certificates/{}/", 15),
    List(LogEntry, make_entry, "", 15),
    List(StarApplication, make_application, "/cms/honours/stars/{}/", 15),
    List(Round, make_round, "/cms/honours/rounds/{}/", 15),
    List(ServiceRecord, make_record, "/desk/records/{}/", 16, bulk=("confirm",)),
]


@pytest.mark.parametrize("shown", LISTS, ids=lambda shown: shown.model._meta.model_name)
def test_rows_lead_to_their_pages_and_cost_the_same_however_many(
    tenant_a: Any, client_for: ClientFor, shown: List
) -> None:
    client = client_for(tenant_a, "officer")
    place = f"{shown.model._meta.app_label}/{shown.model._meta.model_name}"
    get, counts, made = partial(client.get, f"/cms/snippets/{place}/"), [], []
    for _ in range(3):
        made.append(shown.make())
        counts.append(queries_of(get))
    assert counts == [shown.queries] * 3
    text = get().content.decode()
    links = [f'<a href="{shown.page.format(row.pk)}">' in text.replace("\n", "") for row in made if shown.page]
    assert links == [True] * len(links)
    assert "/edit/" not in text
    assert (">编辑<" in text, "更多选项" in text) == (False, shown.model is not LogEntry)
    boxes = [mark in text for mark in ("data-bulk-action-checkbox", "data-bulk-action-footer")]
    assert boxes == [bool(shown.bulk)] * 2
    offered = [act for act in ("delete", "confirm") if f'"/cms/bulk/{place}/{act}/"' in text]
    assert tuple(offered) == shown.bulk
    assert client.get(f"/cms/bulk/{place}/delete/?id={made[0].pk}").status_code == 404
