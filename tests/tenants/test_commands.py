"""The commands of an operator: they name the site freely and say why they refuse."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tenants.models import Tenant


def run(*arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


@pytest.mark.usefixtures("db")
def test_a_site_is_made_paused_named_archived_and_deleted() -> None:
    assert "hexi.tianjin.localhost" in run("create_tenant", "120103", "hexi.tianjin.localhost")
    run("tenant_domain", "add", "120103", "hexi.localhost")
    assert (
        run("tenant_domain", "primary", "天津市河西区", "hexi.localhost")
        .strip()
        .endswith("hexi.localhost, hexi.tianjin.localhost")
    )
    run("tenant_domain", "remove", "120103", "hexi.tianjin.localhost")
    run("tenant_state", "pause", "hexi.localhost", reason="搬家")
    assert Tenant.objects.get(division_code="120103").state_reason == "搬家"
    run("tenant_state", "archive", "t_120103")
    run("delete_tenant", "120103", typed_name="天津市河西区")
    assert not Tenant.objects.filter(division_code="120103").exists()


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["create_tenant", "999999", "x.localhost"], "没有代码为999999"),
        (["create_tenant", "120100", "x.localhost"], "没有代码为120100"),
        (["create_tenant", "120103001", "x.localhost"], "没有代码为120103001"),
        (["create_tenant", "120101", "x.localhost"], "已经有站点"),
        (["create_tenant", "120103", "nanning.localhost"], "已经属于.*南宁市"),
        (["create_tenant", "120103", "bad host"], "不是有效的域名"),
        (["tenant_state", "reopen", "120101"], "不能改为"),
        (["tenant_state", "pause", "nowhere"], "No site is called 'nowhere'"),
        (["tenant_state", "pause", "public"], "No site is called 'public'"),
        (["delete_tenant", "120101", "--typed-name", "x"], "还开通着"),
    ],
)
def test_refusals_are_one_line_with_the_reason(arguments: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        run(*arguments)


@pytest.mark.usefixtures("db")
def test_a_slip_of_the_pen_deletes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    run("tenant_state", "pause", "120101")
    monkeypatch.setattr("builtins.input", lambda prompt: "和平区")
    with pytest.raises(CommandError, match="不一致"):
        run("delete_tenant", "120101")
    assert Tenant.objects.filter(division_code="120101").exists()
