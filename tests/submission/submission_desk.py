"""A paper worth submitting, and the way from a submission's file to its document."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from penholder.features.submission.opening import Submission, open_submission
from penholder.features.submission.rendering import Rendered, Resolved, document_of, render_submission
from penholder.stages.discover import discover

SECTIONS = {
    "10-summary.md": "---\ntitle: Summary\nkind: summary\n---\n- Need first.\n- Say what was done.\n",
    "20-need.md": "# Need {#sec-need}\n\nThe first paragraph of need [@alpha2020]. {#para-first}\n\nThe second, see @para-first.\n",
    "30-deliver.md": "# Delivery {#sec-deliver}\n\nKeep promises (@sec-need).\n\n| Year | Spend |\n|------|------:|\n| 2024 | 10 |\n\n: Spend by year {#tbl-spend}\n",
    "80-recommendations.md": "# What we ask {#sec-recommendations}\n\n::: {.recommendation to=\"The Cabinet Office\"}\nPublish what was done (@tbl-spend).\n:::\n",
    "90-annex.md": "---\ntitle: Method\nkind: annex\n---\nHow it was counted.\n",
}
BASE = "schema_version: 1\nprofile: uk-commons-select\naddressee: Committee of Public Accounts\n"


@dataclass
class Desk:
    """Writes submissions of a small paper and opens them."""

    bench: Any
    worker: Any
    compiler: Any
    slug: str = "p"
    files: dict[str, Path] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return self.bench.root

    def write(self, text: str, name: str = "s", ending: str = "yaml") -> None:
        """A submission's file; ``text`` follows the usual first lines unless it has its own profile."""
        whole = text if "profile:" in text else BASE + text
        self.bench.file(f"papers/p/submissions/{name}.{ending}", whole)

    def open(self, text: str | None = None, name: str = "s") -> tuple[Submission, list[Any]]:
        """The submission and the findings about it (not those about the paper)."""
        if text is not None:
            self.write(text, name)
        workspace, _ = discover(self.root)
        submission, findings = open_submission(workspace, self.slug, name)
        return submission, [f for f in findings.sorted() if "/sections/" not in f.span.path]

    def seen(self, text: str, name: str = "s") -> list[tuple[str, str, int, int]]:
        """Code, file, line and column of what is found when the submission is opened."""
        return [(f.code.id, f.span.path.rsplit("/", 1)[-1], f.span.line, f.span.column) for f in self.open(text, name)[1]]

    def document(self, text: str) -> tuple[Resolved, list[Any]]:
        resolved, findings = document_of(self.open(text)[0], self.worker)
        return resolved, findings.sorted()

    def render(self, text: str, *formats: str) -> tuple[Rendered, list[Any]]:
        rendered, findings = render_submission(self.open(text)[0], formats, self.worker, self.compiler)
        return rendered, findings.sorted()
