"""Search over 100,000 and over 1,000,000 synthetic listings in 200 sites, by one, four and sixteen clients.

`python -m benchmarks.search [100000 …]` chooses the sizes.
"""

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.timing import ROOT, keep, percentiles, set_up

CLIENTS = (1, 4, 16)
QUESTIONS = 240
SIZES = (100_000, 1_000_000)
#: Wagtail takes minutes to index these: a million would take an hour.
LARGEST_STOCK = 100_000
SAVES = 40


def main() -> None:
    set_up("search")
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    figures: dict[str, Any] = {"sites": 200, "questions": QUESTIONS}
    for size in sizes:
        figures[f"{size}"] = {**fill(size), **ask_all("postgres"), "elasticsearch": elasticsearch()}
        if size <= LARGEST_STOCK:
            figures[f"{size}"]["wagtail"] = wagtail()
        keep("search", figures)


def fill(size: int) -> dict[str, Any]:
    """Bring the database to `size` listings, as a rebuild would; rows a second and bytes a row."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from benchmarks.listings import in_processes
    from search import frequencies, rows
    from search.models import Listing
    from tenants.domain.platform import prepare_platform

    call_command("migrate_schemas", shared=True, verbosity=0, interactive=False)
    prepare_platform(domain="localhost")
    first_site = _sites()
    have = Listing.objects.count()
    figures: dict[str, Any] = {}
    if have < size:
        began = time.perf_counter()
        with connection.cursor() as cursor:
            indexes = _without_indexes(cursor)
            columns = ["tenant_id", "kind", "source", "part", *rows.COLUMNS, "version", "changed_at"]
            for batch in in_processes(have, size - have, first_site=first_site):
                with cursor.copy(f"COPY search_listing ({', '.join(columns)}) FROM STDIN") as copy:
                    for row in batch:
                        copy.write_row([*row[:-1], 1, row[-1]])
            figures["rows_a_second"] = round((size - have) / (time.perf_counter() - began))
            indexing = time.perf_counter()
            for statement in indexes:
                cursor.execute(statement)
            figures["indexes_seconds"] = round(time.perf_counter() - indexing)
            cursor.execute("VACUUM ANALYZE search_listing")
        frequencies.count(frequencies.EVERYWHERE, now=timezone.now())
        for site in range(first_site, first_site + 200, 10):
            frequencies.count(site, now=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_total_relation_size('search_listing'), pg_indexes_size('search_listing'), count(*)"
            " FROM search_listing"
        )
        whole, indexed, number = cursor.fetchone()
    return figures | {"bytes_a_row": round(whole / number), "index_bytes_a_row": round(indexed / number)}


def elasticsearch() -> dict[str, Any]:
    """The same asked of Elasticsearch; how long its index takes to build, and how much room."""
    from django.conf import settings

    from search.elastic import server
    from search.elastic.client import BUILD_SECONDS, alias, client
    from search.elastic.rebuild import SEGMENT, rebuild

    settings.ELASTICSEARCH_URL = [server.start(Path(settings.VAR) / "elasticsearch-bench", light=False)]
    settings.ELASTICSEARCH_SECONDS = 30.0
    built = rebuild()
    cluster = client(BUILD_SECONDS)
    merging = time.perf_counter()
    cluster.options(request_timeout=3600).indices.forcemerge(
        index=alias(), max_num_segments=-(-built.listings // SEGMENT)
    )
    merged = time.perf_counter() - merging
    stored = cluster.indices.stats(index=alias(), metric="store")["_all"]["primaries"]["store"]["size_in_bytes"]
    figures = {
        "rebuild_seconds": round(built.seconds, 1),
        "rows_a_second": round(built.listings / built.seconds),
        "merge_seconds": round(merged, 1),
        "bytes_a_row": round(stored / built.listings),
    }
    # The compiler of its Java meets these questions first.
    _by_threads(partial(_search, engine="elasticsearch"), _questions(), 2)
    return figures | ask_all("elasticsearch") | {"save_to_visible": lag()}


def lag() -> dict[str, float]:
    """From the commit of a change until Elasticsearch finds it, with the feed in a process of its own."""
    from django.conf import settings
    from django.db import transaction
    from django.utils import timezone

    from benchmarks.listings import documents
    from search import rows
    from search.engines import only
    from search.finding import find
    from search.models import EngineState
    from search.query import ListingQuery

    first_site = _sites()
    taken, started = [], timezone.now()
    command = [sys.executable, "-m", "benchmarks.feeding", *settings.ELASTICSEARCH_URL]
    feeder = subprocess.Popen(command, cwd=ROOT)
    try:
        # Until it feeds, nobody asks an index that it knows to be behind.
        while not EngineState.objects.filter(fed_at__gte=started).exists():
            time.sleep(0.1)
        for number, (site, kind, document) in enumerate(documents(0, SAVES)):
            word = f"现于{timezone.now():%H%M%S}{number:03}"
            changed = replace(document, title=f"{document.title} {word}")
            with transaction.atomic():
                rows.put(first_site + site - 1, kind, [(f"lag-{number}", changed)])
            began = time.perf_counter()
            query = ListingQuery(now=timezone.now(), text=word, tenants=(first_site + site - 1,), with_facets=False)
            with only("elasticsearch"):
                while not find(query).total:
                    time.sleep(0.005)
            taken.append((time.perf_counter() - began) * 1000)
    finally:
        feeder.terminate()
        feeder.wait(30)
    return percentiles(taken[1:])


def wagtail() -> dict[str, Any]:
    """The same questions to Wagtail's own database search."""
    from benchmarks import stock

    figures: dict[str, Any] = stock.fill()
    questions, ours = _questions(), partial(_search, engine="postgres")
    figures["one_site_1_clients"] = percentiles(_by_threads(stock.search, questions, 1))
    figures["all_sites_1_clients"] = percentiles(
        _by_threads(stock.search, [(text, None) for text, _ in questions[:60]], 1)
    )
    figures["without_hits"] = round(sum(not stock.search(question) for question in questions) / len(questions), 3)
    figures["without_hits_here"] = round(sum(not ours(question) for question in questions) / len(questions), 3)
    return figures


def ask_all(engine: str) -> dict[str, Any]:
    """Milliseconds of a search with facets, by clients: at one site, at all of them together; and of a suggestion."""
    questions = _questions()
    found: dict[str, Any] = {}
    for clients in CLIENTS:
        search = partial(_search, engine=engine)
        found[f"one_site_{clients}_clients"] = percentiles(_by_threads(search, questions, clients))
        everywhere = [(text, None) for text, _site in questions[:60]]
        found[f"all_sites_{clients}_clients"] = percentiles(_by_threads(search, everywhere, clients))
    suggest = partial(_suggest, engine=engine)
    found["suggestion"] = percentiles(_by_threads(suggest, [text[:2] for text, _site in questions], 1))
    return found


def _search(question: tuple[str, int | None], *, engine: str) -> int:
    """How many hits there are."""
    from django.utils import timezone

    from search.engines import only
    from search.finding import find
    from search.query import ListingQuery

    text, site = question
    with only(engine):
        return find(ListingQuery(now=timezone.now(), text=text, tenants=None if site is None else (site,))).total


def _suggest(typed: str, *, engine: str) -> None:
    from django.utils import timezone

    from search.engines import only
    from search.finding import suggest
    from search.models import Listing

    with only(engine):
        suggest(
            typed, tenant_id=Listing.objects.order_by("pk").values_list("tenant_id", flat=True)[0], now=timezone.now()
        )


def _questions() -> list[tuple[str, int | None]]:
    """Of the field, of everything, of both; each at one site."""
    from benchmarks.listings import FIELD, vocabulary
    from search.models import Listing

    words, weights = vocabulary()
    rng = random.Random(3)
    first = Listing.objects.order_by("tenant_id").values_list("tenant_id", flat=True)[0]
    asked = []
    for number in range(QUESTIONS):
        common, other = rng.choice(FIELD), rng.choices(words, cum_weights=weights)[0]
        text = (common, other, f"{common} {other}", f"{common} {rng.choice(FIELD)}")[number % 4]
        asked.append((text, first + rng.randrange(200)))
    rng.shuffle(asked)
    return asked


def _by_threads(ask: Callable[[Any], None], questions: list[Any], clients: int) -> list[float]:
    """Every question once, by so many clients at a time; the first of each client is not counted."""
    waiting, taken, lock = list(questions), [], threading.Lock()

    def client() -> None:
        from django.db import connection

        ask(questions[0])
        while True:
            with lock:
                if not waiting:
                    break
                question = waiting.pop()
            began = time.perf_counter()
            ask(question)
            taken.append((time.perf_counter() - began) * 1000)
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def _sites() -> int:
    """200 rows of the registry, without schemas: listings are all that is asked of them. The first one's key."""
    from tenants.models import Tenant

    if not Tenant.objects.filter(schema_name="t_bench_0").exists():
        Tenant.objects.bulk_create(
            Tenant(
                schema_name=f"t_bench_{number}", name=f"第{number}站", short_name=f"第{number}站",
                division_code=f"{110001 + number * 100}", level="district",
            )
            for number in range(200)
        )  # fmt: skip
    return int(Tenant.objects.get(schema_name="t_bench_0").pk)


def _without_indexes(cursor: Any) -> list[str]:
    """Drop the indexes that a bulk load would only slow down; the statements that make them again."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'search_listing' AND indexname LIKE 'listing_%'"
        " AND indexname <> 'listing_once'"
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f"DROP INDEX {name}")
    cursor.execute("SET maintenance_work_mem = '1GB'")
    return [definition for _name, definition in found]


if __name__ == "__main__":
    main()
