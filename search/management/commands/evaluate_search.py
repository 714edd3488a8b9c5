"""Prints how well and how fast an engine answers questions whose answers are known."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import evaluation
from search.elastic import server
from search.elastic.client import configured


class Command(BaseCommand):
    help = "Recall@1, @3, @10, MRR and latency of an engine on a judged set; nothing of it remains."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", type=Path, required=True, help='lines {"id", "title", "text"}')
        parser.add_argument("--queries", type=Path, required=True, help='lines {"query", "relevant": [ids]}')
        parser.add_argument("--engine", choices=["postgres", "elasticsearch"], default="postgres")
        parser.add_argument("--missed", action="store_true", help="name the questions that found nothing right")

    def handle(self, *, corpus: Path, queries: Path, engine: str, missed: bool, **options: Any) -> None:
        if engine == "elasticsearch" and not configured():
            settings.ELASTICSEARCH_URL = [server.start(Path(settings.VAR) / "elasticsearch")]
        try:
            questions = evaluation.read_queries(queries)
            with evaluation.apart():
                number = evaluation.load(evaluation.read_corpus(corpus))
                with evaluation.using(engine):
                    found = evaluation.measure(questions)
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"engine {engine}  texts {number}  questions {found.questions}")
        self.stdout.write(
            f"recall@1 {found.recall_1:.4f}  recall@3 {found.recall_3:.4f}  recall@10 {found.recall_10:.4f}"
            f"  MRR {found.mrr:.4f}"
        )
        self.stdout.write(f"p50 {found.p50:.1f} ms  p95 {found.p95:.1f} ms")
        for question in found.missed if missed else ():
            self.stdout.write(f"missed: {question}")
