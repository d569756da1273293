"""Templates: what they may do, what they may not, and where a fault is said to be."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penholder.adapters import jinja
from penholder.source import SourceFile
from penholder.stages.assemble import assemble
from penholder.stages.discover import discover
from penholder.stages.load import load

GOOD = "# Good\n\nThe good text.\n"


def markdown(bench):
    manuscript, findings = bench.assembled()
    return [t.markdown for t in manuscript.texts], [(f.code.id, f.span.path.rsplit("/", 1)[-1], f.span.line, f.span.column) for f in findings]


def one(bench, text):
    bench.section("10-a.md", text)
    made, found = markdown(bench)
    return made[0], found


def test_values_of_the_paper(bench):
    bench.paper("variables: {stages: 5, when: 2026-01-02}\norganisations: [{name: The Body}]\n")
    text, found = one(bench, "---\ntitle: T\n---\n\n{{ paper.title }}, {{ organisation.name }}, {{ section.title }}, {{ paper.stages + 1 }}\n")
    assert text.strip() == "A small paper, The Body, T, 6"
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "# Heading {#sec-x}\n\n{{ 1 }} and #} {# not a comment\n",
        "{{ 1 }} [words]{.class} ![p](x){#fig-a} {-} {.unnumbered}\n",
        "{{ 1 }} ${x}$ \\frac{a}{b} and {a} }} and %} here\n",
    ],
)
def test_what_pandoc_writes_with_braces_stays(bench, text):
    made, found = one(bench, text)
    assert made == text.replace("{{ 1 }}", "1")
    assert not found


def test_comments_and_raw(bench):
    made, found = one(bench, "a{## {{ nothing }} ##}b {% raw %}{{ x }} \\frac{{a}}{b}{% endraw %} {{ 1 }}\n")
    assert made == "ab {{ x }} \\frac{{a}}{b} 1\n"
    assert not found


def test_all_undefined_names_in_one_run(bench):
    text = "---\ntitle: T\n---\n\nSee {{ nosuch }} and {{ paper.nothing }}.\n\n{% for x in many %}{{ x }}{% endfor %}\n{% if maybe == 1 %}y{% endif %}\n\n{{ one + 1 }} {{ two|upper }} {{ three() }} {{ four.five[6] }} {{ nosuch }}\n"
    made, found = one(bench, text)
    assert found == [
        ("TMPL002", "10-a.md", 5, 8), ("TMPL002", "10-a.md", 5, 31), ("TMPL002", "10-a.md", 7, 13), ("TMPL002", "10-a.md", 8, 7),
        ("TMPL002", "10-a.md", 10, 4), ("TMPL002", "10-a.md", 10, 18), ("TMPL002", "10-a.md", 10, 34), ("TMPL002", "10-a.md", 10, 48),
        ("TMPL002", "10-a.md", 10, 67),
    ]  # fmt: skip
    assert r"See [\[missing value: nosuch\]]{.gap} and [\[missing value: nothing\]]{.gap}." in made


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("# A\n\nText {{ x\n", "TMPL001", 3, 6),
        ("# A\n\n{% for x in y %}\n\nText\n", "TMPL001", 3, 1),
        ("# A\n\nText {% endfor %}\n", "TMPL001", 3, 6),
        ("# A\n\n{% nosuch %}\n", "TMPL001", 3, 1),
        ("# A\n\n{{ 'open }}\n", "TMPL001", 3, 1),
        ("# A\n\n{{ 1 | nosuch }}\n", "TMPL001", 3, 1),
        ("# A\n\ntext {{ 1 / 0 }}\n", "TMPL003", 3, 6),
        ("# A\n\ntext {{ 'a' + 1 }}\n", "TMPL003", 3, 6),
        ("# A\n\n{{ [1][5].x.y }}\n", "TMPL002", 3, 8),
        ("# A\n\n{% include 'nosuch.md' %}\n", "TMPL005", 3, 1),
        ("# A\n\n{% include '../../etc/passwd' %}\n", "TMPL005", 3, 1),
        ("# A\n\n{% include '/etc/passwd' %}\n", "TMPL005", 3, 1),
        ("# A\n\n{% import 'a\\0b' as x %}\n", "TMPL005", 3, 1),
        ("# A\n\n{{ table('nosuch.csv') }}\n", "TMPL005", 3, 1),
        ("# A\n\n{{ table('../../../etc/passwd') }}\n", "FILE003", 3, 1),
        ("# A\n\n{{ table('/etc/passwd') }}\n", "FILE003", 3, 1),
        ("# A\n\n{{ table('../paper.yaml') }}\n", "FILE003", 3, 1),
        ("# A\n\n{{ range(10**9)|list }}\n", "TMPL003", 3, 1),
    ],
)
def test_faults_of_a_template(bench, text, code, line, column):
    bench.section("10-good.md", GOOD + "{{ paper.title }}")
    bench.section("20-bad.md", "---\ntitle: Bad\n---\n" + text)
    made, found = markdown(bench)
    assert found == [(code, "20-bad.md", line + 3, column)]
    assert "The good text" in made[0]
    assert "A small paper" in made[0]


@pytest.mark.parametrize(
    "attack",
    [
        "''.__class__.__mro__[1].__subclasses__()",
        "cycler.__init__.__globals__",
        "cycler.__init__.__globals__['os'].popen('id').read()",
        "''|attr('__class__')",
        "['']|map(attribute='__class__')|list",
        "'{0.__class__}'.format('')",
        "'{0.__class__.__mro__}'.format_map({'0': 1})",
        "('%s' % ''.__class__)",
        "self.__init__.__globals__",
        "self._TemplateReference__context",
        "table.__func__.__globals__",
        "data.__class__",
        "data._root",
        "data._folder",
        "namespace.__init__.__globals__",
        "paper.update({'title': 'x'})",
        "contributors.append(1)",
        "joiner.__init__.__globals__.values()|list",
        "range.__self__",
        "[].pop.__self__.__class__",
        "(lambda: 1)()",
        "loop.__class__",
        "g.gi_frame",
    ],
)
def test_the_sandbox_holds(bench, attack):
    bench.section("10-bad.md", "{{ " + attack + " }}\n")
    bench.section("20-good.md", "{{ paper.title }}\n")
    made, found = markdown(bench)
    assert found and found[0][0].startswith("TMPL"), made
    for leak in ("<class", "module", "<function", "uid=", str(bench.root), "<built-in", "frame"):
        assert leak not in made[0].replace(attack, "")
    assert made[1] == "A small paper\n"


def test_an_endless_template_costs_its_own_section_only(bench):
    bench.section("10-first.md", "First {{ paper.title }}\n")
    bench.section("20-loop.md", "---\ntitle: L\n---\n\n{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}\n")
    bench.section("30-last.md", "Last {{ paper.title }}\n")
    made, found = markdown(bench)
    assert found == [("TMPL004", "20-loop.md", 5, 1)]
    assert made[0] == "First A small paper\n"
    assert made[2] == "Last A small paper\n"


@pytest.mark.parametrize(
    "bomb",
    [
        "{{ 'a' * 10**10 }}",
        "{% for a in range(99999) %}{% for b in range(9999) %}aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{% endfor %}{% endfor %}",
        "{{ ('a' * 10**8)|replace('a', 'b' * 100) }}",
        "{{ 10 ** (10 ** 8) }}",
        "{{ '%9999999999d' % 1 }}",
        "{{ '{:>9999999999}'.format(1) }}",
        "{% set ns = namespace(x='a') %}{% for a in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}",
        "{{ 'a' * 10**7 }}",
    ],
)
def test_a_bomb_costs_its_own_section_only(bench, bomb):
    bench.file("penholder.toml", "[limits]\ntemplate_seconds = 1\ntemplate_megabytes = 64\n")
    bench.section("10-first.md", "First {{ paper.title }}\n")
    bench.section("20-bomb.md", bomb)
    bench.section("30-last.md", "Last {{ paper.title }}\n")
    made, found = markdown(bench)
    assert [f[:2] for f in found] in ([("TMPL004", "20-bomb.md")], [("TMPL003", "20-bomb.md")])
    assert made[0] == "First A small paper\n"
    assert made[2] == "Last A small paper\n"


def test_an_include_cycle(bench):
    bench.file("templates/partials/a.md", "one\n\n{% include 'b.md' %}\n")
    bench.file("templates/partials/b.md", "two\n\n{% include 'a.md' %}\n")
    bench.section("10-a.md", "{% include 'a.md' %}\n")
    bench.section("20-b.md", "{{ paper.title }}\n")
    made, found = markdown(bench)
    assert [f[0] for f in found] == ["TMPL006"]
    assert made[1] == "A small paper\n"


def test_a_partial_that_is_a_link_out(bench, tmp_path):
    (tmp_path / "secret.md").write_text("the secret")
    bench.file("templates/partials/x", "")
    (bench.root / "templates/partials/secret.md").symlink_to(tmp_path / "secret.md")
    bench.file("papers/p/data/x", "")
    (bench.root / "papers/p/data/secret.csv").symlink_to(tmp_path / "secret.md")
    made, found = one(bench, "{% include 'secret.md' %}\n")
    assert [f[0] for f in found] == ["TMPL005"]
    made, found = one(bench, "{{ table('secret.csv') }} {{ data.secret }}\n")
    assert [f[0] for f in found] == ["FILE003", "FILE003"]
    assert "the secret" not in made


def test_findings_in_a_partial_stand_in_the_partial(bench, resolved):
    bench.file("templates/partials/about.md", "About us.\n\nSee @sec-nowhere and {{ nosuch }}.\n")
    bench.section("10-a.md", "---\ntitle: A\n---\n\nText @nosuch1.\n\n{% include 'about.md' %}\n\nMore @nosuch2.\n")
    made = resolved()
    assert sorted(f.name for f in made.findings) == [
        ("CITE001", "10-a.md", 5, 6), ("CITE001", "10-a.md", 9, 6), ("TMPL002", "about.md", 3, 25), ("XREF001", "about.md", 3, 5),
    ]  # fmt: skip


def test_a_partial_with_a_broken_encoding_is_found(bench):
    bench.file("templates/partials/about.md", "About £5.\n".encode("cp1252"))
    _, found = one(bench, "{% include 'about.md' %}\n")
    assert found == [("FILE002", "about.md", 1, 7)]


def test_places_behind_a_loop(bench, resolved):
    bench.section("10-a.md", "---\ntitle: A\n---\n\n{% for x in [1, 2, 3] %}\nItem {{ x }} says @nosuch.\n\n{% endfor %}\nAfter @gone.\n")
    assert [f.name for f in resolved().findings] == [("CITE001", "10-a.md", 6, 19), ("CITE001", "10-a.md", 9, 7)]


def test_set_blocks_and_filters_see_no_marks(bench):
    made, found = one(
        bench,
        "{% set x %}abc{% endset %}{{ x|length }} {% if x == 'abc' %}same{% endif %} {{ x|upper }} "
        "{% filter upper %}loud {{ 1 }}{% endfilter %} {% macro m(a) %}<{{ a }}>{% endmacro %}{{ m('q')|length }} {{ m(2) }}\n",
    )
    assert not found
    assert made == "3 same ABC LOUD 1 3 <2>\n"


def test_marks_cannot_be_forged(bench):
    made, found = one(bench, "a {{ '\\uf8f099:5\\uf8f1' }} b {{ '\\uf8f00:999999\\uf8f1' }} {{ '\\ue000' }} c\n")
    assert not found
    assert made.split() == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("bad.csv", b"a,b\n1,2,3\n", "TMPL003"),
        ("bad.csv", b"", "TMPL003"),
        ("bad.csv", b"a,a\n1,2\n", "TMPL003"),
        ("bad.csv", "a,b\n£,1\n".encode("latin-1"), "TMPL005"),
        ("bad.csv", b'a,b\n"open,1\n', "TMPL003"),
        ("bad.json", b"{", "TMPL005"),
        ("bad.json", b'{"a": 1}', "TMPL003"),
        ("bad.json", b"[" * 5000, "TMPL005"),
        ("bad.yaml", b"a: [", "TMPL005"),
        ("bad.yaml", b"a: &x [1]\nb: *x\n", "TMPL005"),
        ("bad.xlsx", b"PK", "TMPL005"),
    ],
)
def test_broken_data(bench, name, content, code):
    bench.file(f"papers/p/data/{name}", content)
    bench.section("10-good.md", GOOD + "{{ paper.title }}")
    bench.section("20-bad.md", f"# Bad\n\nText before.\n\n{{{{ table('{name}') }}}}\n")
    made, found = markdown(bench)
    assert found == [(code, "20-bad.md", 5, 1)]
    assert "A small paper" in made[0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a,b\n1,2,3\n", "papers/p/data/bad.csv:2: this row has 3 cells, the header 2."),
        (b'a,b\n"1\n1",2\n\n3\n', "papers/p/data/bad.csv:5: this row has 1 cell, the header 2."),
        (b"\na,a\n1,2\n", "papers/p/data/bad.csv:2: two columns are called 'a'."),
        (b"", "The table has no rows."),
        (None, "There is no data file papers/p/data/bad.csv."),
    ],
)
def test_broken_data_is_named_with_its_line_as_it_is_written(bench, content, says):
    if content is not None:
        bench.file("papers/p/data/bad.csv", content)
    bench.section("10-bad.md", "# Bad\n\n{{ table('bad.csv') }}\n")
    workspace, _ = discover(bench.root)
    assert [f.message.rstrip(".") + "." for f in assemble(load(workspace, bench.slug)[0])[1]] == [says]


CSV = "Body,Spend,Note\nNorth,1234.5,a|b\nSouth,20,*c*\n"


def test_a_table_with_everything(bench, resolved):
    bench.file("papers/p/data/s.csv", CSV)
    bench.section(
        "10-a.md",
        "# A\n\nSee @tbl-s.\n\n{{ table('s.csv', columns={'Body': 'Who', 'Spend': '£'}, align='lr', format={'Spend': ',.1f'}, caption='What was spent', id='tbl-s', source='Our count [@alpha2020].') }}\n",
    )
    made = resolved()
    assert not made.findings
    assert "See Table 1." in made.text.replace("\u00a0", " ")
    table = made.nodes("Table")[0]
    from penholder.adapters.pandoc import tree

    rows = [[tree.text_of(c[4]).strip() for c in r[1]] for r in tree.table_rows(table)]
    assert rows == [["Who", "£"], ["North", "1,234.5"], ["South", "20.0"]]
    assert [c[0]["t"] for c in table["c"][2]] == ["AlignLeft", "AlignRight"]
    assert "Alpha" in made.text


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("columns=['Nosuch']", "Body, Spend"),
        ("columns=['Spnd']", "Spend"),
        ("align='l'", "3 columns"),
        ("align='lxr'", "l, r or c"),
        ("format='%%%'", "format"),
        ("columns=5", "Columns says 5"),
        ("align=5", "Align says 5"),
        ("format={'Nosuch': '.1f'}", "Nosuch"),
        ("nosuch=1", "nosuch"),
        ("format='9999999999.1f'", "format"),
        ("id='no spaces'", "id"),
        ("id='x} evil {'", "id"),
    ],
)
def test_a_table_call_that_is_wrong(bench, call, says):
    bench.file("papers/p/data/s.csv", CSV)
    bench.section("10-a.md", f"# A\n\n{{{{ table('s.csv', {call}) }}}}\n")
    _, findings = bench.assembled()
    assert [(f.code.id, f.span.line, f.span.column) for f in findings] == [("TMPL003", 3, 1)], findings
    assert says in findings[0].message


def test_latex_braces_get_the_hint(bench):
    bench.section("10-a.md", "# A\n\nThe share $\\frac{{a}}{b}$ is.\n")
    _, findings = bench.assembled()
    assert [(f.code.id, f.span.line, f.span.column) for f in findings] == [("TMPL002", 3, 19)]
    assert "{% raw %}" in findings[0].message


# the line map ---------------------------------------------------------------------

_WORD = st.text("abcdefghijklmnop \n", min_size=1, max_size=12)
_BLOCK = st.deferred(
    lambda: st.one_of(
        _WORD.map(lambda w: ("text", w)),
        st.just(("value", "{{ v }}")),
        st.just(("value", "{{- v -}}")),
        st.just(("include", "{% include 'p.md' %}")),
        st.just(("comment", "{## {{ no ##}")),
        st.just(("set", "{% set q %}inner {{ v }}{% endset %}")),
        st.lists(_BLOCK, max_size=3).map(lambda bs: ("loop", bs)),
        st.lists(_BLOCK, max_size=3).map(lambda bs: ("if", bs)),
    )
)
_PARTIAL = SourceFile("partials/p.md", "Partial \u0101 text {{ v }} and \u0102 end\n")


class _Writer:
    """Writes a template in which every literal word is unlike all others."""

    def __init__(self) -> None:
        self.text = ""
        self.literals: dict[str, int] = {}

    def write(self, block) -> None:
        kind, content = block
        if kind == "text":
            mark = chr(0x4E00 + len(self.literals))
            self.literals[mark] = len(self.text)
            self.text += mark + content
        elif kind in ("loop", "if"):
            self.text += "{% for i in [1, 2] %}" if kind == "loop" else "{%- if true -%}"
            for inner in content:
                self.write(inner)
            self.text += "{% endfor %}" if kind == "loop" else "{% endif %}"
        else:
            self.text += content


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_BLOCK, max_size=8), st.booleans())
def test_every_literal_word_maps_back_to_its_own_place(blocks, front):
    writer = _Writer()
    writer.text = start = "---\ntitle: {{ x }}\n---\n\n" if front else ""
    for block in blocks:
        writer.write(block)
    source = SourceFile("sections/s.md", writer.text)
    env = jinja.environment(lambda name: _PARTIAL if name == "p.md" else None)
    made = jinja.from_line(jinja.to_line(jinja.render(env, source, len(start), {"v": "\u0103value"})), source)
    assert made.filled and not made.faults
    for offset, letter in enumerate(made.text):
        if letter in writer.literals:
            assert made.map.locate(offset) == (source, writer.literals[letter])
        elif letter in "\u0101\u0102":
            found, at = made.map.locate(offset)
            assert (found.path, found.text[at]) == (_PARTIAL.path, letter)
        elif letter == "\u0103":
            found, at = made.map.locate(offset)
            assert found.text[at:].lstrip("{%- ").startswith(("v", "set"))
    assert "\uf8f0" not in made.text


@settings(max_examples=100, deadline=None)
@given(st.text("ab {}%#-'\n\\_|x1", max_size=60))
def test_no_text_brings_the_engine_down(text):
    source = SourceFile("sections/s.md", text)
    env = jinja.environment(lambda name: None)
    made = jinja.render(env, source, 0, {})
    if not any(mark in text for mark in ("{{", "{%", "{##")):
        assert made.text == text
    for fault in made.faults:
        assert 0 <= fault.offset <= len(text)
