"""What changed between two revisions of a paper, who changed it, and when.

- ``versions``: the paper as it was at each of two revisions, taken through the stages of a build;
"""
