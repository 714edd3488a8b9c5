"""What axe-core finds on a page, one line for each fault."""

from typing import Any

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Of what is in order nothing is told, and no selectors are made up for what is not: half the time.
OPTIONS = {"runOnly": TAGS, "resultTypes": ["violations"], "selectors": False, "preload": False}


def violations(page: Any) -> list[str]:
    """Rule, what it means, and the elements; nothing when the page is clean."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {rule['help']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
