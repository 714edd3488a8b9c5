"""The feed of a worker, in a process of its own, for the benchmark's database: `python -m benchmarks.feeding URL`."""

import signal
import sys

from benchmarks.timing import set_up


def main() -> None:
    set_up("search")
    from django.conf import settings

    settings.ELASTICSEARCH_URL = sys.argv[1:]
    from search.elastic.companion import Feeder

    feeder = Feeder()
    signal.signal(signal.SIGTERM, lambda *_: feeder.stopping.set())
    feeder.run()


if __name__ == "__main__":
    main()
