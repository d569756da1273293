"""Submissions: from a paper to exactly what a committee, a department or a web form accepts.

- ``opening``: the file of a submission and all it names, as one frozen ``Submission``;
- ``deriving``: the paper it makes of the sections that were chosen;
- ``rendering``: the ``Document`` of that paper, and its files as bytes;
- ``scaffolding``: the first file of a submission.
"""
