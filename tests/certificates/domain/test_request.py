"""Numbers without gaps or doubles, facts that stay, characters that are refused."""

import threading
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import tenant_context

from certificates.domain import correct_certificate, request_certificate
from certificates.errors import CorrectionUnderway, GlyphMissing, TransitionRefused
from certificates.models import Certificate, NumberSequence
from tests.factories.certificates import make_facts, make_issued, make_requested
from tests.waiting import HANGS


def _queued() -> int:
    return DBTaskResult.objects.filter(task_path="certificates.tasks.print_pdf").count()


def test_fifty_people_at_once_get_one_to_fifty(committed_a: Any) -> None:
    start, faults = threading.Barrier(50), []

    def ask(person: int) -> None:
        try:
            start.wait(HANGS)
            with tenant_context(committed_a):
                make_requested(holder_key=f"volunteer:{person}")
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask, args=(person,)) for person in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert sorted(Certificate.objects.values_list("sequence", flat=True)) == list(range(1, 51))
    assert Certificate.objects.values("number").distinct().count() == 50
    assert _queued() == 50


def test_a_rollback_gives_its_number_back_and_queues_nothing(tenant_a: Any) -> None:
    make_requested(holder_key="first")
    with transaction.atomic():
        make_requested(holder_key="second")
        transaction.set_rollback(True)
    third = make_requested(holder_key="third")
    assert (third.sequence, NumberSequence.objects.get().last, _queued()) == (2, 2, 2)


def test_the_number_carries_division_and_year(tenant_a: Any) -> None:
    certificate = make_requested()
    assert certificate.number.startswith(f"120101-{timezone.localdate().year}-000001-")


def test_tenants_count_apart(tenant_a: Any, tenant_b: Any) -> None:
    first = make_requested()
    with tenant_context(tenant_b):
        other = make_requested()
    assert (first.sequence, other.sequence) == (1, 1)
    assert first.number != other.number


def test_asking_twice_for_the_same_facts_gives_the_same_certificate(tenant_a: Any) -> None:
    assert make_requested() == make_requested()
    assert (Certificate.objects.count(), _queued()) == (1, 1)


def test_a_character_without_glyph_takes_no_number(tenant_a: Any) -> None:
    with pytest.raises(GlyphMissing, match="“𲎯”"):
        make_requested(holder_name="王𲎯", holder_masked="王*")
    assert (Certificate.objects.count(), NumberSequence.objects.count(), _queued()) == (0, 0, 0)


def test_the_sheet_keeps_the_names_and_the_host_of_its_day(tenant_a: Any) -> None:
    certificate = make_requested()
    tenant_a.name = "改名后的区"
    tenant_a.save()
    tenant_a.domains.update(domain="moved.localhost")
    certificate.refresh_from_db()
    assert certificate.facts == make_facts()
    assert certificate.imprint.check_host == "heping.tianjin.localhost:8000"
    digits = certificate.number.replace("-", "")
    assert certificate.imprint.qr_url == f"HTTP://HEPING.TIANJIN.LOCALHOST:8000/C/{digits}"


def test_without_a_host_of_its_own_the_code_leads_to_the_platform(tenant_a: Any) -> None:
    tenant_a.domains.all().delete()
    imprint = make_requested().imprint
    assert (imprint.check_host, imprint.platform_host) == ("localhost:8000", "")
    assert imprint.qr_url.startswith("HTTP://LOCALHOST:8000/C/")


def test_a_request_costs_the_same_whatever_is_there(tenant_a: Any, django_assert_num_queries: Any) -> None:
    for person in range(2):
        make_requested(holder_key=f"{person}")
        with django_assert_num_queries(10):
            make_requested(holder_key=f"again {person}")


def test_a_correction_takes_a_number_of_its_own_and_only_one_runs(tenant_a: Any) -> None:
    old = make_issued()
    new = correct_certificate(old, make_facts(holder_name="欧阳娜", holder_masked="欧**"), requested_by="officer")
    assert (new.sequence, new.replaces, new.holder_key) == (2, old, old.holder_key)
    with pytest.raises(CorrectionUnderway):
        correct_certificate(old, make_facts(main_content="别的"), requested_by="officer")


def test_only_what_counts_can_be_corrected_and_only_into_something_else(tenant_a: Any) -> None:
    with pytest.raises(TransitionRefused, match="有效"):
        correct_certificate(make_requested(holder_key="x"), make_facts(main_content="别的"), requested_by="officer")
    issued = make_issued()
    with pytest.raises(TransitionRefused, match="相同"):
        correct_certificate(issued, make_facts(), requested_by="officer")
    twin = request_certificate(make_facts(main_content="别的"), holder_key=issued.holder_key, requested_by="volunteer")
    with pytest.raises(TransitionRefused, match=twin.number):
        correct_certificate(issued, make_facts(main_content="别的"), requested_by="officer")
