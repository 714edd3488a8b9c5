"""The public check with 1,000,000 certificates in the site, asked through Django without a network, and offline.

The allowance of a visitor (CERTIFICATE_CHECKS_PER_HOUR) is lifted here: one visitor asks thousands of times. It is
counted all the same, as for everybody.
"""

import hashlib
import json
import logging
import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from benchmarks import pupils
from benchmarks.timing import keep, percentiles, times

CERTIFICATES = 1_000_000
YEAR = 2025  # those that are filled in; what is really issued here has the present year
QUESTIONS = 300
BATCH = 500
FILES = 50


def main() -> None:
    tenant = pupils.stage()
    from django.conf import settings

    settings.CERTIFICATE_CHECKS_PER_HOUR = 10**9
    logging.getLogger("django.request").setLevel(logging.CRITICAL)  # a line for each unknown number
    fill(int(sys.argv[1]) if sys.argv[1:] else CERTIFICATES)
    figures = {"rows": _rows(), "plan": _plan(), **_online(tenant.domains.get().domain), "offline": _offline()}
    keep("checking", figures)


def fill(count: int) -> None:
    """As many rows of another year, with facts of certificates that were issued here; every fiftieth was revoked."""
    from django.db import connection

    from certificates.models import Certificate

    have = Certificate.objects.filter(year=YEAR).count()
    if have >= count:
        return
    samples = list(Certificate.objects.exclude(year=YEAR).filter(issued_at__isnull=False)[:100])
    fields = [field for field in Certificate._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY certificates_certificate ({columns}) FROM STDIN") as copy:
            for sequence in range(have + 1, count + 1):
                values = _values(samples[sequence % len(samples)], sequence)
                copy.write_row([_plain(values.get(field.attname, None)) for field in fields])
        cursor.execute("VACUUM ANALYZE certificates_certificate")


def _values(sample: Any, sequence: int) -> dict[str, Any]:
    from certificates.enums import Ground, State
    from certificates.numbering import Number

    number = Number(pupils.DIVISION, YEAR, sequence)
    values = {field.attname: getattr(sample, field.attname) for field in sample._meta.concrete_fields}
    values |= {
        "number": str(number),
        "year": YEAR,
        "sequence": sequence,
        "holder_key": f"filled:{sequence}",
        "imprint_json": {**sample.imprint_json, "number": str(number)},
        "pdf_sha256": hashlib.sha256(str(number).encode()).hexdigest(),
        "replaces_id": None,
    }
    if sequence % 50 == 0:
        values |= {
            "state": State.REVOKED,
            "revoked_ground": Ground.WRONG_RECORDS,
            "revoked_reason": "filled",
            "ended_at": sample.issued_at,
        }
    return values


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


def _rows() -> dict[str, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), pg_total_relation_size('certificates_certificate'),"
            " pg_indexes_size('certificates_certificate') FROM certificates_certificate"
        )
        count, whole, indexed = cursor.fetchone()
    return {"certificates": count, "bytes_each": whole // count, "index_bytes_each": indexed // count}


def _plan() -> list[str]:
    """How PostgreSQL finds a number."""
    from certificates.models import Certificate

    plan = Certificate.objects.filter(number__in=[_number(1)], issued_at__isnull=False).explain()
    return [line.strip() for line in plan.splitlines() if "Scan" in line]


def _number(sequence: int) -> str:
    from certificates.numbering import Number

    return str(Number(pupils.DIVISION, YEAR, sequence))


def _online(host: str) -> dict[str, Any]:
    from django.test import Client

    numbers = (_number(random.randint(1, CERTIFICATES)) for _ in range(10**9))
    unknown = (_number(random.randint(CERTIFICATES + 1, 2 * CERTIFICATES)) for _ in range(10**9))
    files = _really_issued()
    here, platform = Client(SERVER_NAME=host), Client(SERVER_NAME="localhost")
    asked: dict[str, Callable[[], object]] = {
        "number": lambda: here.get(f"/certificates/check/{next(numbers)}/"),
        "number_on_platform": lambda: platform.get(f"/certificates/check/{next(numbers)}/"),
        "unknown_number": lambda: here.get(f"/certificates/check/{next(unknown)}/"),
        "qr_code_and_its_page": lambda: here.get(f"/C/{next(numbers).replace('-', '')}", follow=True),
        "file": lambda: _drop(here, next(files)),
    }
    figures: dict[str, Any] = {name: _asked(ask, QUESTIONS) for name, ask in asked.items()}
    lines = ["\n".join(next(numbers) for _ in range(BATCH)) for _ in range(11)]
    waiting = iter(lines)
    figures[f"list_of_{BATCH}"] = _asked(
        lambda: here.post("/certificates/check/batch/", {"numbers": next(waiting)}), 10
    )
    return figures


def _asked(ask: Callable[[], object], count: int) -> dict[str, float]:
    """Percentiles, and the milliseconds of processor that Python takes, which a busy machine changes little."""
    taken = times(ask, count=count // 2, warm=min(20, count // 10))
    spent = time.process_time()
    taken += times(ask, count=count // 2, warm=0)
    spent = (time.process_time() - spent) * 1000 / (count // 2)
    return {**percentiles(taken), "cpu_ms": round(spent, 1)}


def _really_issued() -> Iterator[bytes]:
    """The same few files again and again."""
    from certificates.download import pdf_bytes
    from certificates.models import Certificate

    issued = Certificate.objects.exclude(year=YEAR).filter(issued_at__isnull=False).order_by("-pk")[:FILES]
    files = [pdf_bytes(certificate) for certificate in issued]
    while True:
        yield from files


def _drop(client: Any, data: bytes) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = client.post("/certificates/check/file/", {"file": SimpleUploadedFile("a.pdf", data, "application/pdf")})
    assert answer.status_code == 200, answer.status_code


def _offline() -> dict[str, Any]:
    """The verifier's whole examination, and its parts."""
    from certificates.offline import examine, read_seal
    from certificates.traces import read_traces

    pdf = next(_really_issued())
    assert all(fine for _name, _detail, fine in examine(pdf))
    parts: dict[str, Callable[[], object]] = {
        "everything": lambda: list(examine(pdf)),
        "seal": partial(read_seal, pdf),
        "search_for_the_number": partial(read_traces, pdf),
    }
    return {name: percentiles(times(part, count=60, warm=3)) for name, part in parts.items()}


if __name__ == "__main__":
    main()
