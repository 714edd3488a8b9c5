"""What must hold beside the tests: no missing migration, a complete English catalogue, templates that compile.

`python -m tests.gates` checks all and prints every fault; `--catalogue` writes the English catalogue's state only.
"""

import os
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "site/portal/locale/en/LC_MESSAGES/django.po"


def missing_migrations() -> Iterator[str]:
    """A line for each app whose models differ from its migrations."""
    from django.core.management import call_command

    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out, verbosity=1)
    except SystemExit:
        yield f"Models without a migration:\n{out.getvalue()}"


def system_checks() -> Iterator[str]:
    """Django's and our own checks, as they would run before a deployment."""
    from django.core.checks import run_checks

    yield from (f"System check: {message}" for message in run_checks())


def untranslated() -> Iterator[str]:
    """Texts in code and templates that the English catalogue lacks, and entries left empty or fuzzy."""
    import polib

    catalogue = polib.pofile(str(CATALOGUE))
    for entry in catalogue:
        if not entry.translated() or entry.fuzzy:
            yield f"Without English: {entry.msgid!r}"
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    for entry in polib.pofile(_collected()):
        if (entry.msgctxt, entry.msgid) not in known:
            yield f"Not in the English catalogue (make messages): {entry.msgid!r}"


def _collected() -> str:
    """The catalogue as makemessages would write it now, without touching the one in the tree."""
    import shutil
    import tempfile

    from django.core.management import call_command

    keep = CATALOGUE.read_bytes()
    folder = Path(tempfile.mkdtemp())
    here = Path.cwd()
    try:
        os.chdir(ROOT)
        call_command("makemessages", **MESSAGES, verbosity=0)
        shutil.copy(CATALOGUE, folder / "django.po")
    finally:
        CATALOGUE.write_bytes(keep)
        os.chdir(here)
    return str(folder / "django.po")


#: How texts are collected, here and by `make messages`.
MESSAGES = {
    "locale": ["en"],
    "ignore_patterns": ["var/*", ".venv/*", "tests/*", "docs/*", "benchmarks/*", "site/portal/static/*"],
    "no_wrap": True,
    "no_location": True,
    "no_obsolete": True,
}


def broken_templates() -> Iterator[str]:
    """Every template must compile: a misspelt tag shows here, not on a rare page."""
    from django.template import TemplateSyntaxError
    from django.template.loader import get_template

    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".xml", ".svg", ".css"}:
            try:
                get_template(str(path.relative_to(ROOT / "templates")))
            except TemplateSyntaxError as fault:
                yield f"{path.relative_to(ROOT)}: {fault}"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    import django

    django.setup()
    if "--catalogue" in sys.argv:
        from django.core.management import call_command

        os.chdir(ROOT)
        call_command("makemessages", **MESSAGES, verbosity=1)
    gates = (
        (untranslated,)
        if "--catalogue" in sys.argv
        else (missing_migrations, system_checks, broken_templates, untranslated)
    )
    faults = [fault for gate in gates for fault in gate()]
    print("\n".join(faults) or "Migrations, checks, templates and translations are complete.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
