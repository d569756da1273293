"""What changed between two revisions of a paper, who changed it, and when.

- ``versions``: the paper as it was at each of two revisions, taken through the stages of a build;
- ``words``: the words of a section, counted in one way by whoever compares and whoever attributes;
- ``tracing``: word by word, which commit put it in and which took it out, along a file's history;
- ``neighbours``: whose a word is that no commit put in or took out;
- ``blame``: the author and the date of any word that was put in or taken out.
"""
