"""The history of a workspace in Git: commits by any name, their files, and how texts went from one to the next.

- ``ask``: one way to run Git, which obeys nothing that a contributor wrote and fetches nothing;
- ``revisions``: from what a person types to a commit, or to one clear line of why not;
- ``snapshot``: the files of a commit, as they were committed, without a checkout;
- ``folders``: which revisions have a paper, and what it was called before it was renamed;
- ``lineage``: the versions a file went through between two commits, along merges and renames.
"""

from penholder.adapters.history.folders import first_and_last, renamed_from
from penholder.adapters.history.lineage import Lineage, Node, Step, lineage
from penholder.adapters.history.revisions import Commit, commit_of, configured_name, last_commit, modified
from penholder.adapters.history.snapshot import blobs, snapshot

__all__ = [
    "Commit", "Lineage", "Node", "Step",
    "blobs", "commit_of", "configured_name", "first_and_last", "last_commit", "lineage", "modified", "renamed_from", "snapshot",
]  # fmt: skip
