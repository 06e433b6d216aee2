"""The verbs a person types: `dlqa list`, `dlqa run`, `dlqa claims`, `dlqa figures`."""

import argparse
import sys
from pathlib import Path

from dlqa.evidence.values import bound
from dlqa.publishing.exhibits.colours import standalone
from dlqa.publishing.publish import publish
from dlqa.publishing.sources.checks import unknown
from dlqa.publishing.sources.library import Library
from dlqa.publishing.sources.source import PageErrors, Source
from dlqa.publishing.store.catalog import PACKAGE, UnknownQuestion, find, questions
from dlqa.publishing.store.closure import UntraceableImport
from dlqa.publishing.store.results import CLAIMS, Published
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import StageFailed
from dlqa.publishing.words import spoken


def main(arguments: list[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    try:
        options.verb(options)
    except (UnknownQuestion, StageFailed, UntraceableImport, PageErrors) as error:
        sys.exit(f"dlqa: {error}")


def list_questions(_: argparse.Namespace) -> None:
    for question in questions():
        print(f"{question.slug:16} {question.summary}")


def run(options: argparse.Namespace) -> None:
    results = _published(options)
    for block in results.blocks:
        print(f"{options.slug}: its record is in {block}")
    for name, fact in results.receipt.items():
        print(f"  {name:16} {fact}")


def show_claims(options: argparse.Namespace) -> None:
    results = _published(options)
    if options.json:
        print((results.exhibits / CLAIMS).read_text("utf-8"), end="")
        return
    for claim in results.claims:
        print(f"{claim.id:4} {claim.kind:9} {claim.verdict}")
        for outcome in claim.conditions:
            low, high = (bound(end, "+.4f", "?").text for end in (outcome.least, outcome.most))
            numbers = f"{outcome.effect:+.4f} [{low}, {high}] {outcome.seeds:4} seeds"
            needs = f", needs about {outcome.needed:,.0f}" if outcome.needed else ""
            print(f"     {outcome.name:32} {outcome.verdict:18} {numbers}{needs}")
        for mark, lines in {"!": claim.stops, "~": claim.warnings}.items():
            for line in lines:
                print(f"     {mark} {line}")


def write_figures(options: argparse.Namespace) -> None:
    results, folder = _published(options), Path(options.folder)
    if options.figure and options.figure not in results.drawings:
        sys.exit(f"dlqa: {unknown(f'figure of {options.slug}', options.figure, results.figures)}")
    folder.mkdir(parents=True, exist_ok=True)
    for language in [options.language] if options.language else find(options.slug).languages:
        for name in [options.figure] if options.figure else results.figures:
            svg = folder / f"{name}.{language}.svg"
            svg.write_text(standalone(_figure(results, name, language)), "utf-8")
            print(svg)


def _figure(results: Published, name: str, language: str) -> str:
    """A figure with its caption's words where a checkout has the page, without them elsewhere."""
    page = PACKAGE.parent / "docs" / language / f"{results.slug}.md"
    if not page.is_file():
        return results.figure(name, language)
    return Library.of_page(Source.read(page), results, language).drawing(results.slug, name)


def _published(options: argparse.Namespace) -> Published:
    return publish(find(options.slug), Store.default(), lambda text: print(text, file=sys.stderr))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dlqa", description="Questions that prove their answers.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    verbs.add_parser("list", help="the questions").set_defaults(verb=list_questions)
    for name, verb, what in (
        ("run", run, "run a question's study, unless its record is up to date"),
        ("claims", show_claims, "the verdict of each of its claims"),
        ("figures", write_figures, "write its figures as SVG"),
    ):
        command = verbs.add_parser(name, help=what)
        command.add_argument("slug", help="a question, as `dlqa list` names it")
        command.set_defaults(verb=verb)
        if name == "claims":
            command.add_argument("--json", action="store_true", help="as published")
        if name == "figures":
            command.add_argument("folder", nargs="?", default=".", help="where (here)")
            command.add_argument(
                "--figure",
                metavar="NAME",
                help="only this one, or one of its settings, as in curves.0.1 (all)",
            )
            command.add_argument("--language", choices=spoken(), help="only this one (all)")
    return parser


if __name__ == "__main__":
    main()
