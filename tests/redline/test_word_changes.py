"""Tracked changes in Word files: accepting all gives the newer version, rejecting all the older one."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from wordform import changes_in, word_form
from wordmarks import blocks, version, written

from penholder.adapters import word
from penholder.adapters.pandoc.tree import Node


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture])
@given(marked=blocks())
def test_accepting_gives_the_new_version_and_rejecting_the_old(worker: Any, marked: list[Node]) -> None:
    docx = written(marked, worker)
    for new, resolved in ((True, word.accepted), (False, word.rejected)):
        made = resolved(docx)
        assert changes_in(made) == []
        assert word_form(made) == word_form(written(version(marked, new=new), worker))
