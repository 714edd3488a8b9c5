"""Communities come one by one or by table, whole or not at all."""

from typing import Any

import pytest

from portal.core.domain import add_community, check_import, import_communities
from portal.core.domain.divisions import DivisionRefused, ImportRefused, RowError
from portal.core.models import Division

STREET = "120101001"


def rows(*pairs: tuple[str, str]) -> list[tuple[int, dict[str, str]]]:
    return [(number, {"code": code, "name": name}) for number, (code, name) in enumerate(pairs, start=2)]


def test_a_community_stands_under_its_street(tenant_a: Any) -> None:
    community = add_community(code=f"{STREET}001", name="甲社区")

    assert (community.level, community.parent.code) == ("community", STREET)


@pytest.mark.parametrize(
    ("code", "name", "field"),
    [
        ("1201010010", "甲社区", "code"),
        ("450102001001", "别处的社区", "code"),
        (f"{STREET}000", "街道自己", "code"),
        (f"{STREET}001", "", "name"),
        (f"{STREET}001", "社" * 61, "name"),
    ],
)
def test_a_wrong_community_is_refused_by_field(tenant_a: Any, code: str, name: str, field: str) -> None:
    with pytest.raises(DivisionRefused) as refused:
        add_community(code=code, name=name)

    assert refused.value.field == field


def test_a_taken_code_is_refused(tenant_a: Any) -> None:
    add_community(code=f"{STREET}001", name="甲社区")
    with pytest.raises(DivisionRefused, match="已经有了"):
        add_community(code=f"{STREET}001", name="乙社区")


def test_a_table_adds_renames_and_leaves(tenant_a: Any) -> None:
    add_community(code=f"{STREET}001", name="旧名")
    add_community(code=f"{STREET}002", name="乙社区")
    plan = import_communities(rows((f"{STREET}001", "新名"), (f"{STREET}002", "乙社区"), (f"'{STREET}003", "丙社区")))

    assert (len(plan.new), len(plan.renamed), plan.unchanged) == (1, 1, 1)
    names = Division.objects.filter(level="community").values_list("name", flat=True)
    assert list(names) == ["新名", "乙社区", "丙社区"]


def test_a_dry_run_names_every_wrong_row_and_writes_nothing(tenant_a: Any) -> None:
    table = rows((f"{STREET}001", "甲社区"), ("12", ""), (f"{STREET}001", "又一个"), ("450102001001", "远处"))
    plan = check_import(table)

    assert plan.errors == [
        RowError(3, "代码应是12位数字，现在是2位。"),
        RowError(3, "没有名称。"),
        RowError(4, f"代码{STREET}001与第2行重复。"),
        RowError(5, "本站没有代码为450102001的街道（乡镇）。"),
    ]
    assert not Division.objects.filter(level="community").exists()


def test_one_wrong_row_stops_the_whole_table(tenant_a: Any) -> None:
    with pytest.raises(ImportRefused) as refused:
        import_communities(rows((f"{STREET}001", "甲社区"), ("12", "错的")))

    assert "第3行" in refused.value.messages[0]
    assert not Division.objects.filter(level="community").exists()


def test_a_thousand_rows_cost_the_same_two_queries(tenant_a: Any, django_assert_num_queries: Any) -> None:
    table = rows(*((f"{STREET}{number:03}", f"第{number}社区") for number in range(1, 1000)))
    check_import([])  # the first query of a connection sets its search path
    with django_assert_num_queries(2):
        plan = check_import(table)

    assert len(plan.new) == 999
