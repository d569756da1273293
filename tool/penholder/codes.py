"""The kinds of finding the stages of a build can make. The text here is what a person reads."""

from __future__ import annotations

from penholder.fact_codes import FACT_CHAIN, FACT_DECIDED, FACT_SAID, FACT_SOURCE, FACT_TWICE, FACT_UNKNOWN
from penholder.findings import Code, Severity
from penholder.reference_codes import (
    CITE_INSIDE,
    CITE_LOST,
    ID_STRAY,
    NOTE_INSIDE,
    NOTE_MISSING,
    STYLE_UNKNOWN,
    XREF_DUPLICATE,
    XREF_LINK,
    XREF_UNNUMBERED,
    XREF_UNRESOLVED,
)

__all__ = [  # of files of their own
    "CITE_INSIDE",
    "CITE_LOST",
    "FACT_CHAIN",
    "FACT_DECIDED",
    "FACT_SAID",
    "FACT_SOURCE",
    "FACT_TWICE",
    "FACT_UNKNOWN",
    "ID_STRAY",
    "NOTE_INSIDE",
    "NOTE_MISSING",
    "STYLE_UNKNOWN",
    "XREF_DUPLICATE",
    "XREF_LINK",
    "XREF_UNNUMBERED",
    "XREF_UNRESOLVED",
]  # fmt: skip

N, W, E = Severity.NOTE, Severity.WARNING, Severity.ERROR
_PANDOC = "https://pandoc.org/MANUAL.html"
_JINJA = "https://jinja.palletsprojects.com/en/stable/templates/"
_WCAG = "https://www.w3.org/TR/WCAG22/"

FILE_UNREADABLE = Code(
    "FILE001", E, "A file cannot be read",
    "Nothing in it can be used, so what it holds is missing from the paper.",
    "Check that the file is there, is a plain text file, and that you may read it.",
)
FILE_ENCODING = Code(
    "FILE002", E, "A file is not UTF-8",
    "Letters such as £, é and ’ would come out wrong.",
    "Save the file as UTF-8 in your editor.",
)
FILE_OUTSIDE = Code(
    "FILE003", E, "A path leads out of the workspace",
    "A paper is made from its workspace only; a path that leaves it could publish a private file.",
    "Copy the file into the paper's folder and name it from there.",
)
YAML_BROKEN = Code(
    "YAML001", E, "YAML that cannot be read",
    "Everything the block says (title, contributors, order) is unknown.",
    "Mend the line named; put values with a colon, # or @ in quotation marks.",
    "https://yaml.org/spec/1.2.2/",
)
KEY_UNKNOWN = Code(
    "YAML002", W, "A key nobody knows",
    "What it says has no effect, and a misspelt key hides the one that was meant.",
    "Correct the key or take it out.",
)
VALUE_WRONG = Code(
    "YAML003", E, "A value that cannot be used",
    "The default is used in its place, which may not be what was meant.",
    "Write the value as the message says.",
)
KEY_MISSING = Code(
    "YAML004", E, "A key that must be there is missing",
    "The paper cannot say what it is.",
    "Add the key.",
)
SCHEMA_OLD = Code(
    "YAML005", W, "A file of an older schema",
    "Keys may have been renamed since.",
    "Run `penholder upgrade` to rewrite the file.",
)
SCHEMA_NEW = Code(
    "YAML006", E, "A file of a newer schema",
    "This Penholder is too old to know what the file says.",
    "Install a newer Penholder.",
)
TOOL_VERSION = Code(
    "WORK001", W, "Another version of Penholder is wanted",
    "The same text may come out differently in another version.",
    "Install the version that penholder.toml asks for.",
)
GIT_SILENT = Code(
    "WORK002", W, "Git cannot say which commit this is",
    "Nobody can tell from the files which text they were made of.",
    "Run `penholder doctor`; where Git calls the folder's owner dubious, add it to safe.directory.",
)
SECTION_MISSING = Code(
    "SECT001", E, "A section is listed but there is no such file",
    "The paper goes out with a part missing; the draft says so in its place.",
    "Add the file, or take the name out of `sections` in paper.yaml.",
)
SECTION_UNLISTED = Code(
    "SECT002", W, "A section file is not listed",
    "Its text is not in the paper.",
    "Add the file to `sections` in paper.yaml, or move it out of the folder.",
)
SECTION_EMPTY = Code(
    "SECT003", W, "A section without text",
    "The reader finds a heading and nothing under it.",
    "Write the section, or take it out of the list.",
)
SECTION_METADATA = Code(
    "SECT004", E, "A metadata block inside a section",
    "Metadata in the text could change the whole paper, so it is printed as text.",
    "Put front matter at the very top of the file, between two lines of ---.",
    _PANDOC + "#extension-yaml_metadata_block",
)
SECTION_UNCLOSED = Code(
    "SECT005", W, "A block is opened and never closed",
    "Everything after it, to the end of the section, may be taken as part of it.",
    "Close the block with a line of its own (::: or ```).",
    _PANDOC + "#divs-and-spans",
)
CONFLICT = Code(
    "SECT010", E, "A merge that was not finished",
    "Git's marks and both versions of the text would be printed.",
    "Choose one version, delete the lines of <<<<<<<, ======= and >>>>>>>, and commit.",
    "https://git-scm.com/docs/git-merge#_how_conflicts_are_presented",
)
TABLE_CELLS = Code(
    "SECT012", E, "A table row with more cells than its header",
    "Pandoc drops what is over, so those words would be lost.",
    "Give the header as many cells, or write a bar inside a cell as \\|.",
    _PANDOC + "#extension-pipe_tables",
)
BLANK_LINE = Code(
    "SECT011", W, "A list or heading without an empty line before it",
    "It is run into the paragraph above.",
    "Put an empty line before it; a list begins with - or 1. and a space.",
    _PANDOC + "#extension-blank_before_header",
)
SECTION_LIMIT = Code(
    "SECT006", E, "A section took too long or too much memory to read",
    "It was left out so that the rest of the paper could be built.",
    "Look for long runs of brackets or very deep nesting, or split the section.",
)
SECTION_DEEP = Code(
    "SECT008", E, "Nesting that no page can show",
    "Lists, quotations or emphasis inside one another, deeper than a reader can follow, are printed as plain text.",
    "Take the innermost levels out, or say it in paragraphs.",
)
PAPER_GIVEN_UP = Code(
    "SECT009", E, "A paper that could not be finished",
    "A program ran too long, took too much memory, or refused the paper as a whole; nothing of it was written.",
    "Build its sections a few at a time (`sections` in paper.yaml) to see which one it is.",
)
SECTION_DUPLICATE = Code(
    "SECT007", E, "A section is listed twice",
    "The same text would be printed twice.",
    "Take one of the two names out of `sections` in paper.yaml.",
)
CONTRIBUTOR_UNKNOWN = Code(
    "CONT001", E, "A contributor nobody knows",
    "The person or body would not be credited.",
    "Add the id to contributors.yaml, or correct it.",
)
CONTRIBUTOR_CONTACT = Code(
    "CONT002", E, "Contact details in a tracked file",
    "Whatever is committed becomes public with the repository.",
    "Move e-mail, telephone and address to a file in private/, which Git ignores.",
)
CONTRIBUTOR_CONSENT = Code(
    "CONT003", W, "A contributor who has not agreed to be named",
    "The name is left out of the paper until consent is recorded.",
    "Ask, then set `consent_to_be_named: true` in contributors.yaml.",
)
LINK_UNSAFE = Code(
    "LINK001", W, "A link that leads nowhere safe",
    "A reader who follows it runs a program, opens a file of their own machine, or gets nowhere; only its words are printed.",
    "Link to a web page (https://...), an e-mail address (mailto:...), a DOI, or an id of the paper (#...).",
)
RAW_BLOCK = Code(
    "RAW001", E, "A raw block was left out",
    "Raw code could read files or say one thing in Word and another in PDF.",
    "Say it in Markdown, or ask the editor to allow the format in penholder.toml (`allow_raw`).",
    _PANDOC + "#generic-raw-attribute",
)
RAW_HTML = Code(
    "RAW002", W, "HTML in the text was left out",
    "HTML tags mean nothing in Word and PDF.",
    "Say it in Markdown: *emphasis*, **strong**, [text](address), | tables |.",
    _PANDOC + "#extension-raw_html",
)
TEMPLATE_SYNTAX = Code(
    "TMPL001", E, "Template syntax that cannot be read",
    "The section is printed as it was written, with its template marks showing.",
    "Mend the mark named. Braces that are not template marks (as in LaTeX) go between {% raw %} and {% endraw %}.",
    _JINJA,
)
TEMPLATE_UNDEFINED = Code(
    "TMPL002", E, "A name the template does not know",
    "There is nothing to print; the draft shows the gap.",
    "Correct the name. Known are paper, organisation, organisations, section, contributors, data, table(), fact() and facts_table().",
    _JINJA + "#variables",
)
TEMPLATE_FAILED = Code(
    "TMPL003", E, "A template that failed",
    "The section is printed as it was written, with its template marks showing.",
    "Mend what the message names.",
    _JINJA,
)
TEMPLATE_LIMIT = Code(
    "TMPL004", E, "A template that ran too long or grew too large",
    "It was stopped; the section is printed as it was written.",
    "Look for a loop that does not end or that repeats far too often.",
)
TEMPLATE_FILE = Code(
    "TMPL005", E, "A partial or data file that is not there",
    "What it would have said is missing from the section.",
    "Put partials in templates/partials/ or the paper's partials/, data in the paper's data/.",
)
TEMPLATE_CYCLE = Code(
    "TMPL006", E, "Partials that include each other without end",
    "The text would never be finished.",
    "Take one of the includes out.",
)
IMAGE_MISSING = Code(
    "IMG001", E, "A picture that is not there",
    "The reader sees a gap where the picture should be.",
    "Put the picture in the section's folder or the paper's figures/, and check the spelling.",
)
IMAGE_ALT = Code(
    "IMG002", E, "A picture without a text alternative",
    "People who cannot see it learn nothing, and PDF/UA forbids it.",
    'Add alt="what the picture shows", or mark it {.decorative}.',
    _WCAG + "#non-text-content",
)
IMAGE_KIND = Code(
    "IMG003", E, "A picture of a kind that cannot be used",
    "Word and PDF both need PNG, JPEG, GIF or SVG.",
    "Save the picture as PNG or SVG.",
)
IMAGE_REMOTE = Code(
    "IMG004", E, "A picture on the network",
    "A build fetches nothing: the picture may change or vanish, and asking for it tells others.",
    "Download the picture into the paper's figures/ and name it there.",
)
MATH_ALT = Code(
    "MATH001", N, "An equation is read aloud as its source",
    "PDF/UA wants a text alternative for every equation; without one its TeX source is read.",
    'Put it in a span with words: [$E = mc^2$]{alt="E equals m c squared"}.',
)
THEME_BROKEN = Code(
    "THEM001", E, "A theme that cannot be used",
    "The default theme is used instead.",
    "Mend theme.toml as the message says.",
)
TEXT_LOST = Code(
    "LOST001", E, "Text is missing from an output",
    "Somebody's words would not reach the reader. The file was not written.",
    "This is a fault of the tools, not of the author: please report it with the section.",
)
TYPESET_FAILED = Code(
    "TYPE001", E, "The PDF could not be typeset",
    "There is no PDF of this paper.",
    "Look at the section the message names; if it is plain Markdown, please report it.",
)
PANDOC_SAYS = Code(
    "PAND001", W, "A warning from pandoc",
    "Pandoc could not do what the text asks.",
    "Look at the place named.",
    _PANDOC,
)
HEADING_SKIP = Code(
    "HEAD001", W, "A heading that skips a level",
    "People who hear the page lose the outline, and PDF/UA forbids it; the level was closed up.",
    "Use the next level down: ## under #, ### under ##.",
    _WCAG + "#info-and-relationships",
)
GLYPH_MISSING = Code(
    "CHAR002", W, "A character the fonts do not have",
    "The PDF would show an empty box, so it shows the character's number instead.",
    "Use another character, or give the theme a font that has it (templates/<theme>/fonts/).",
)
TRACKED_MARK = Code(
    "RAW003", W, "A tracked change typed by hand",
    "Whose change it is would be printed into the file, and each format would show it differently.",
    "Write the text as it shall be; Git knows what changed.",
)
MARKS_REMOVED = Code(
    "CHAR001", W, "Characters that cannot be printed",
    "Control and private-use characters show as boxes or break the file; they were taken out.",
    "Delete them in the source (they often come from copying out of a PDF).",
)
BY_ID: dict[str, Code] = {c.id: c for c in list(globals().values()) if isinstance(c, Code)}
