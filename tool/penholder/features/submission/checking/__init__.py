"""Check a submission against its recipient's rules: what is measured is the thing that would be sent.

- ``subject``: the submission with its files as bytes, its answers as pasted, and what was released before;
- ``measure``: words by a counting rule, pages, the summary's pages;
- ``rules``: one function for each rule of the rulebook, by family; ``delegated``: rules that ``penholder check`` knows;
- ``engine``: all rules of a profile over one subject, with a verdict for each;
- ``run``: from a workspace to that outcome.
"""
