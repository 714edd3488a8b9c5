"""How long a tenant takes to make, one and fifty, and a migration that has nothing to do over fifty."""

import time

from benchmarks.timing import keep, percentiles, set_up, times

FIFTY = 50


def main() -> None:
    set_up("tenants")
    from tenants.domain.migration import migrate_all
    from tenants.domain.platform import prepare_platform
    from tenants.models import Tenant

    prepare_platform(domain="localhost")
    _drop_all()
    codes = iter(_free_codes())
    _make(next(codes))  # the first one warms up
    one = times(lambda: _make(next(codes)), count=5, warm=0)
    _drop_all()
    codes = iter(_free_codes())
    began = time.perf_counter()
    each = [_timed(code) for _number, code in zip(range(FIFTY), codes, strict=False)]
    fifty = time.perf_counter() - began
    assert Tenant.objects.exclude(schema_name="public").count() == FIFTY
    figures = {
        "create_one": percentiles(one),
        "create_fifty_s": round(fifty, 1),
        "create_fifty_each": percentiles(each),
        "migrate_fifty_recorded_s": _seconds(lambda: migrate_all(jobs=2, say=_silent)),
        "migrate_fifty_again_s": _seconds(lambda: migrate_all(jobs=2, again=True, say=_silent)),
        "delete_one_ms": round(_drop_all() / FIFTY * 1000),
    }
    keep("tenants", figures)


def _free_codes() -> list[str]:
    from tenants.divisions import divisions

    return [row.code for row in divisions().values() if row.level in {"city", "county"} and row.name != "市辖区"]


def _make(code: str) -> None:
    from tenants.domain import create_tenant

    create_tenant(division=code, domain=f"d{code}.localhost")


def _timed(code: str) -> float:
    began = time.perf_counter()
    _make(code)
    return (time.perf_counter() - began) * 1000


def _seconds(action: object) -> float:
    began = time.perf_counter()
    assert callable(action)
    assert action() == []
    return round(time.perf_counter() - began, 1)


def _silent(line: str) -> None:
    """Progress is for operators."""


def _drop_all() -> float:
    from tenants.domain import delete_tenant, pause_tenant
    from tenants.models import Tenant

    began = time.perf_counter()
    for tenant in Tenant.objects.exclude(schema_name="public"):
        pause_tenant(tenant, reason="")
        delete_tenant(tenant, typed_name=tenant.name)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
