"""What a site decides about its own search: synonyms and weights, in the admin and in the results."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.utils import timezone
from django_tenants.utils import tenant_context

from portal.finding.asking import ask
from portal.finding.models import SearchSettings, Synonym
from portal.finding.settings_of_search import searching_here
from search.boosts import NAMES, Boosts
from search.finding import find
from search.lexicon import default_synonyms
from tests.cast import ROLES
from tests.factories.search import make_listing


def sources(tenant: Any, words: str) -> list[str]:
    params = QueryDict(mutable=True)
    params["q"] = words
    return [hit.row.source for hit in find(ask(params, now=timezone.now(), tenants=(tenant.pk,)).query).hits]


def test_a_sites_own_synonyms_hold_there_and_nowhere_else(tenant_a: Any, tenant_b: Any) -> None:
    for tenant in (tenant_a, tenant_b):
        make_listing(tenant, "长者食堂开张")
    Synonym.objects.create(names="长者食堂、老年餐桌")
    assert sources(tenant_a, "老年餐桌") == ["长者食堂开张"]
    with tenant_context(tenant_b):
        assert sources(tenant_b, "老年餐桌") == []


def test_a_group_of_the_platform_can_be_switched_off(tenant_a: Any) -> None:
    make_listing(tenant_a, "独居老人送餐")
    assert sources(tenant_a, "空巢") == []
    assert sources(tenant_a, "一个人住") == ["独居老人送餐"]
    Synonym.objects.create(names="独居", is_off=True)
    assert sources(tenant_a, "一个人住") == []
    assert len(searching_here().synonyms) == len(default_synonyms()) - 1


def test_weights_of_the_site_order_its_results(tenant_a: Any) -> None:
    make_listing(tenant_a, "社区服务日", summary="义诊、理发。", source="summary")
    make_listing(tenant_a, "社区义诊日", source="title")
    assert sources(tenant_a, "义诊") == ["title", "summary"]
    SearchSettings.objects.create(title=0.1, summary=1)
    assert sources(tenant_a, "义诊") == ["summary", "title"]


def test_the_defaults_of_the_settings_are_those_of_search(tenant_a: Any) -> None:
    settings = SearchSettings()
    assert {name: getattr(settings, name) for name in NAMES} == {name: getattr(Boosts(), name) for name in NAMES}
    assert searching_here().boosts == Boosts()


@pytest.mark.parametrize("groups", [0, 3])
def test_all_of_it_is_one_query(tenant_a: Any, groups: int, django_assert_num_queries: Any) -> None:
    for number in range(groups):
        Synonym.objects.create(names=f"说法{number}、别的{number}")
    assert Synonym.objects.count() == groups
    with django_assert_num_queries(1):
        searching_here()


def test_the_platform_asks_nobody(tenant_a: Any, django_assert_num_queries: Any) -> None:
    connection.set_schema_to_public()
    with django_assert_num_queries(0):
        assert searching_here().boosts == Boosts()


@pytest.mark.parametrize(
    ("written", "is_off", "kept"),
    [
        ("长者食堂 老年餐桌，助餐点", False, "长者食堂、老年餐桌、助餐点"),
        ("独居", True, "独居"),
        ("独居", False, None),
        ("", True, None),
        ("独居、独居", False, None),
        ("食、饭", False, None),
        (f"{'长' * 21}、短的", False, None),
    ],
)
def test_a_group_is_written_as_people_write(written: str, is_off: bool, kept: str | None) -> None:
    group = Synonym(names=written, is_off=is_off)
    if kept is None:
        with pytest.raises(ValidationError):
            group.clean()
    else:
        group.clean()
        assert group.names == kept


@pytest.mark.parametrize("role", [*ROLES, "newcomer", ""])
def test_officers_and_publicists_keep_synonyms_and_officers_the_weights(
    tenant_a: Any, client_for: Any, role: str
) -> None:
    client = client_for(tenant_a, role)
    client.post("/cms/synonyms/add/", {"names": "长者食堂 老年餐桌"})
    assert Synonym.objects.exists() == (role in {"officer", "publicist"})
    opened = client.get("/cms/settings/finding/searchsettings/", follow=True)
    assert ("多少天后减半" in opened.content.decode()) == (role == "officer")


def test_a_bad_group_and_a_bad_weight_are_named(tenant_a: Any, client_for: Any) -> None:
    client = client_for(tenant_a, "officer")
    assert "至少写两个说法" in client.post("/cms/synonyms/add/", {"names": "独居"}).content.decode()
    SearchSettings.objects.create(pk=1)
    weights = {name: getattr(Boosts(), name) for name in NAMES} | {"keep_days": 180, "title": 7}
    client.post("/cms/settings/finding/searchsettings/1/", weights)
    assert SearchSettings.objects.get().title == 1.0


def test_another_sites_officer_changes_nothing_here(tenant_a: Any, tenant_b: Any, client_for: Any) -> None:
    client_for(tenant_b, "officer").post("/cms/synonyms/add/", {"names": "长者食堂 老年餐桌"})
    with tenant_context(tenant_a):
        assert not Synonym.objects.exists()
