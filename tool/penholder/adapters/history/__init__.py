"""The history of a workspace in Git: commits by any name, their files, and how texts went from one to the next.

- ``ask``: one way to run Git, which obeys nothing that a contributor wrote and fetches nothing;
- ``revisions``: from what a person types to a commit, or to one clear line of why not;
- ``snapshot``: the files of a commit, as they were committed, without a checkout;
- ``folders``: which revisions have a paper, and what it was called before it was renamed;
"""

from penholder.adapters.history.folders import first_and_last, renamed_from
from penholder.adapters.history.revisions import Commit, commit_of, last_commit
from penholder.adapters.history.snapshot import blobs, snapshot

__all__ = [
    "Commit", "blobs", "commit_of", "first_and_last", "last_commit", "renamed_from", "snapshot",
]  # fmt: skip
