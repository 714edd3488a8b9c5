"""How long the next certificate takes and how large it is: a record of four services, an honour, a year's list."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks.sheets import IMPRINT, honour, rows, sheet
from benchmarks.timing import keep, percentiles, set_up, times
from certificates.facts import CertificateFacts


def figures(facts: CertificateFacts) -> dict[str, float]:
    """The first one in this process, then the next ones, and the size."""
    from certificates.rendering.press import print_certificate

    began = perf_counter()
    data = print_certificate(facts, IMPRINT)
    first = (perf_counter() - began) * 1000
    cpu = process_time()
    taken = times(lambda: print_certificate(facts, IMPRINT), count=30, warm=0)
    cpu = (process_time() - cpu) * 1000 / len(taken)  # what a quiet machine would show
    return {
        "first_ms": round(first),
        "best_ms": round(min(taken), 1),
        **percentiles(taken),
        "cpu_ms": round(cpu, 1),
        "kB": round(len(data) / 1000, 1),
    }


def sealing(facts: CertificateFacts) -> dict[str, Any]:
    """What a seal costs when it is put and when it is read again, and by how much the file grows."""
    from certificates.offline import read_seal
    from certificates.rendering.press import print_certificate
    from certificates.sealing import Subject
    from certificates.sealing.pades import PadesSeal

    pdf, service, now = print_certificate(facts, IMPRINT), PadesSeal(), datetime.now(UTC)
    key = service.make_key(Subject("天津市和平区", "120101", now - timedelta(days=1), now + timedelta(days=9)))
    sealed = service.seal(pdf, key, reason="出具志愿服务证书").pdf
    return {
        "seal": percentiles(times(lambda: service.seal(pdf, key, reason="出具志愿服务证书"), count=30, warm=2)),
        "read": percentiles(times(lambda: read_seal(sealed), count=30, warm=2)),
        "kB_more": round((len(sealed) - len(pdf)) / 1000, 1),
    }


def main() -> None:
    set_up("certificate")
    from django.conf import settings

    from certificates.fonts import prepare_fonts

    began = perf_counter()
    prepare_fonts(Path(settings.CERTIFICATE_FONTS_DIR))
    fonts = perf_counter() - began
    keep(
        "certificate",
        {
            "fonts_s": round(fonts, 1),
            "record_4_rows": figures(sheet(rows=tuple(rows(4)))),
            "honour": figures(honour()),
            "record_60_rows": figures(sheet(rows=tuple(rows(60)))),
            "sealing": sealing(sheet(rows=tuple(rows(4)))),
        },
    )


if __name__ == "__main__":
    main()
