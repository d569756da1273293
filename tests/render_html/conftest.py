"""One resident pandoc for all tests here, and the page that shows everything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from papers import Page, document_of, front, full_sections, theme

from penholder.adapters.pandoc.worker import Worker
from penholder.stages.render.html import html_page
from penholder.stages.resolve import Document


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    with Worker() as started:
        yield started


@pytest.fixture(scope="session")
def document(tmp_path_factory: pytest.TempPathFactory, worker: Worker) -> Document:
    return document_of(tmp_path_factory.mktemp("full"), full_sections(), worker)


@pytest.fixture(scope="session")
def page(document: Document, worker: Worker) -> Page:
    return Page(html_page(document, front(draft=True, status="draft"), theme(), worker))
