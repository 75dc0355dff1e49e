"""The strict reader: what misleads people in YAML is refused, at the right place and with a remedy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.problems.problem import Problem
from build_tools.reading.yaml_tree import MAX_BYTES, MAX_DEPTH, MAX_NODES, Tree, decode, dotted, read_tree


def read(content: str | bytes) -> tuple[Tree, list[Problem]]:
    """A file's tree and problems, as the road of a case gets them."""
    text, problems = decode("x.yml", content.encode() if isinstance(content, str) else content)
    return (Tree(), problems) if problems else read_tree("x.yml", text)


def data(content: str | bytes) -> object:
    """What a file without problems says."""
    tree, problems = read(content)
    assert problems == []
    return tree.data


# name: (text, line, column, words of the message, words of the hint)
REFUSED: dict[str, tuple[str, int, int, str, str]] = {
    "a tag": ("a: 1\nb: !!python/name:os.system x", 2, 4, "a tag", "quotes"),
    "a local tag": ("a: !secret x", 1, 4, "a tag", "quotes"),
    "an anchor": ("a: &b 1", 1, 4, "an anchor", "quotes"),
    "an alias": ("a: 1\nb: *a", 2, 4, "an alias", "quotes"),
    "a second document": ("a: 1\n---\nb: 2", 2, 1, "a second document", "one record a file"),
    "a document after an end mark": ("a: 1\n...\nb: 2", 3, 1, "not YAML", ""),
    "a list as a key": ("? [a]\n: 1", 1, 3, "where a field name is wanted", ""),
    "a conflict mark": ("a: 1\n<<<<<<< HEAD\nb: 2", 2, 1, "merge conflict", "one of the two"),
    "a conflict's middle": ("a: 1\n=======\nb: 2", 2, 1, "merge conflict", "one of the two"),
    "a conflict's end": ("a: 1\n>>>>>>> theirs", 2, 1, "merge conflict", "one of the two"),
    "a control character": ("a: 1\nb: x\x07y", 2, 5, "U+0007", "delete"),
    "a NUL": ("a: x\0y", 1, 5, "U+0000", "delete"),
    "a C1 control": ("a: x\x85y", 1, 5, "U+0085", "delete"),
    "a noncharacter": ("a: x\uffffy", 1, 5, "U+FFFF", "delete"),
    "a line separator": ("a: x\u2028y", 1, 5, "U+2028", "delete"),
    "a paragraph separator": ("a: x\u2029y", 1, 5, "U+2029", "delete"),
    "nothing": ("", 1, 1, "empty", "fields"),
    "blank lines": ("\n\n", 1, 1, "empty", "fields"),
    "comments alone": ("# a\n# b\n", 1, 1, "empty", "fields"),
    "a tab before a field": ("a:\n  b: 1\n\tc: 2", 3, 1, "not YAML", "spaces"),
    "a tab after a colon": ("a:\n\tb: 1", 2, 1, "not YAML", "spaces"),
    "a colon inside text": ("a: 1\ntitle: Case: a report", 2, 12, "not YAML", "quotes"),
    "an open quote": ("a: 'it is\nb: 2", 2, 5, "not YAML", "close the quotes"),
    "an apostrophe in single quotes": ("a: 'it's'", 1, 8, "not YAML", "twice"),
    "a sign that begins no text": ("a: @b", 1, 4, "not YAML", "quotes"),
    "a greater-than sign first": ("a: 1\nb: > 5 cm", 2, 6, "not YAML", "begins with >"),
    "a per cent sign first": ("a: 1\nb: %5", 2, 4, "not YAML", "quotes"),
    "fields out of line": ("a: 1\n b: 2\nc: 3", 2, 3, "not YAML", "quotes"),
    "a field less indented": ("a:\n    b: 1\n  c: 2", 3, 3, "not YAML", "indented alike"),
    "a bracket left open": ("a: [1, 2\nb: 3", 2, 2, "not YAML", "indentation"),
    "an unknown escape": (r'a: "\q"', 1, 5, "not YAML", "backslash"),
    "half a surrogate pair by escape": (r'a: "\ud800"', 1, 7, "not YAML", "backslash"),
}

# These are noted and the reading goes on, so that all of a file's problems come at once.
NOTED: dict[str, tuple[str, int, int, str, str]] = {
    "a bare null": ("a: 1\nb:", 2, 3, "no value", "delete the line"),
    "a bare null in a list": ("a:\n  - 1\n  -", 3, 4, "no value", "delete the line"),
    "a tilde": ("a: ~", 1, 4, "no value", "delete the line"),
    "the word null": ("a: null", 1, 4, "no value", "delete the line"),
    "a comma inside braces": ("a: {text: one, two words}", 1, 25, "no value", "a comma inside { } ends"),
    "a document without content": ("---\n", 2, 1, "no value", "delete the line"),
    "a text that begins with a number sign": ("a: #2 of 3", 1, 3, "no value", "delete the line"),
    "a greater-than sign that swallows a number": ("a: >5\nb: 1", 1, 4, "no text", "begins with >"),
    "a duplicate key": ("a: 1\nb: 2\na: 3", 3, 1, "'a' stands twice; the first is on line 1", "keep one"),
    "a nested duplicate key": ("a:\n  b: 1\n  b: 1", 3, 3, "first is on line 2", "keep one"),
    "yes": ("a: yes", 1, 4, "'yes'", '"yes"'),
    "NO": ("country: NO", 1, 10, "'NO'", '"NO"'),
    "off": ("a: [on, b]", 1, 5, "'on'", '"on"'),
    "True": ("a: True", 1, 4, "small letters", '"True"'),
    "octal": ("a: 010", 1, 4, "octal", '"010"'),
    "a PubMed id with a zero first": ("a: 01234567", 1, 4, "octal", '"01234567"'),
    "08": ("a: 08", 1, 4, "octal", '"08"'),
    "sexagesimal": ("a: 12:30", 1, 4, "base sixty", '"12:30"'),
    "1:4": ("a: 1:4", 1, 4, "base sixty", '"1:4"'),
    "a date": ("a: 2026-11-21", 1, 4, "a date", '"2026-11-21"'),
    "an impossible date": ("a: 2019-13-45", 1, 4, "a date", '"2019-13-45"'),
    "1e3": ("a: 1e3", 1, 4, "differ", '"1e3"'),
    "5.": ("a: 5.", 1, 4, "differ", '"5."'),
    ".5": ("a: .5", 1, 4, "differ", '".5"'),
    "+1": ("a: +1", 1, 4, "differ", '"+1"'),
    "5,000 digits": ("a: " + "1" * 5000, 1, 4, "differ", "if it is text"),
    "1_967": ("a: 1_967", 1, 4, "low line", '"1_967"'),
    "0x1F": ("a: 0x1F", 1, 4, "as a number", '"0x1F"'),
    ".inf": ("a: -.inf", 1, 4, "not a number", '"-.inf"'),
    ".NaN": ("a: .NaN", 1, 4, "not a number", '".NaN"'),
    "=": ("a: =", 1, 4, "a meaning of its own", '"="'),
    "a merge key": ("<<: {b: 1}\nc: 2", 1, 1, "a meaning of its own", '"<<"'),
    "a name that is a number": ("1: x", 1, 1, "where a name is wanted", "quotes"),
    "a name that is a decimal": ("a:\n  1.5: x", 2, 3, "where a name is wanted", "quotes"),
    "a name that is nothing": ("~: x", 1, 1, "where a name is wanted", "quotes"),
    "a name that is true": ("{true: x}", 1, 2, "where a name is wanted", "quotes"),
    "no as a name": ("a: 1\nno: x", 2, 1, "'no' as true or false", '"no"'),
    "a date as a name": ("2026-11-21: x", 1, 1, "a date", '"2026-11-21"'),
    "a name in smart quotes": ("“a”: x", 1, 1, "no YAML quote", "straight quotes"),
    "an acute accent for a quote": ("a: ´focal´", 1, 4, "no YAML quote", "straight quotes"),
    "a Cyrillic letter in a Latin word": (
        "a: c\u0430se",
        1,
        5,
        "U+0430 (CYRILLIC SMALL LETTER A)",
        "type the word again",
    ),
    "a Cyrillic letter in a name": ("a: 1\np\u0430tient: x", 2, 2, "U+0430", "again"),
    "a Latin letter in a Cyrillic word": ("a: о\u0070ухоль", 1, 5, "U+0070 (LATIN SMALL LETTER P)", "again"),
    "a Greek omicron in a Latin word": ("a: n\u03bfde", 1, 5, "U+03BF (GREEK SMALL LETTER OMICRON)", "again"),
    "a Greek capital in a Latin word": ("a: \u039cRI", 1, 4, "U+039C", "again"),
    "a Greek alpha among small letters": ("a: c\u03b1se", 1, 5, "U+03B1", "again"),
    "an Armenian letter in a Latin word": ("a: n\u0585de", 1, 5, "U+0585", "again"),
    "a Cyrillic letter by escape": (r'a: "c\u0430se"', 1, 4, "U+0430", "again"),
    "a bidirectional override": ("a: x\u202ey", 1, 5, "U+202E", "delete"),
    "a zero width space": ("a: 1\nb: x\u200by", 2, 5, "U+200B (ZERO WIDTH SPACE)", "delete"),
    "a tag character": ("a: x\U000e0041y", 1, 5, "U+E0041", "delete"),
    "a space that does not break": ("a:\u00a01", 1, 3, "U+00A0", "plain space"),
    "a byte order mark inside": ("a: x\ufeffy", 1, 5, "U+FEFF", "delete"),
    "full width": ("a: \uff15 cm", 1, 4, "looks like '5'", "write '5'"),
    "a full-width colon": ("a\uff1a 1", 1, 2, "looks like ':'", "write ':'"),
    "a minus sign": ("a: 5\u22126", 1, 5, "looks like '-'", "write '-'"),
    "a letter in two characters": ("a: Cafe\u0301 au lait", 1, 7, "two characters", "NFC"),
    "smart quotes": ("a: “focal”", 1, 4, "no YAML quote", 'straight quotes (")'),
    "a comment inside text": ("title: Report of case #2 and #3", 1, 23, "for a comment", "quotes"),
    "a bidi mark of Arabic": ("a: x\u061cy", 1, 5, "U+061C", "delete"),
    "a blank that is a letter": ("a: x\u3164y", 1, 5, "U+3164", "delete"),
    "a selector that hides data": ("a: x\U000e0101y", 1, 5, "U+E0101", "delete"),
    "a tab inside a plain text": ("a: one\ttwo", 1, 4, "tab", "space"),
    "a thin space": ("a: 5\u2009cm", 1, 5, "THIN SPACE", "plain space"),
    "a private sign of a font": ("a: \uf0b3 5 cm", 1, 4, "U+F0B3", "prints"),
    "the sign for a lost one": ("a: M\ufffdller", 1, 5, "U+FFFD", "prints"),
    "UTF-8 read as Windows-1252": ("a: M\u00c3\u00bcller", 1, 5, "U+00C3", "prints"),
    "an accent apart by escape": (r'a: "e\u0301"', 1, 4, "two characters", "NFC"),
    "a full-width digit by escape": (r'a: "\uff15 cm"', 1, 4, "U+FF15", "'5'"),
    "a letter of another script by escape, which stands elsewhere": (
        'b: \u043b\u0435\u0439\u043e\u043c\u0438\u043e\na: "c\\u0435se"',
        2,
        4,
        "U+0435",
        "again",
    ),
    "a hidden character by escape": (r'a: "x\u202ey"', 1, 4, "U+202E", "delete"),
    "a control character by escape": (r'a: "x\0y"', 1, 4, "U+0000", "delete"),
    "a carriage return by escape": (r'a: "x\ry"', 1, 4, "U+000D", "delete"),
    "a hidden character by escape in a key": (r'"x\u200by": 1', 1, 1, "U+200B", "delete"),
}


@pytest.mark.parametrize(
    "word",
    [
        "β-catenin",
        "TNFα",
        "TNF-α",
        "NFκB",
        "IFNγ",
        "PGF2α",
        "ΔNp63",
        "Ki-67",
        "5 µm",
        "5 μm",
        "χ2 = 3.4",
        "α-SMA",
        "Grüße aus Kraków, Ångström, naïve",
        "лейомиосаркома",
        "λειομυοσάρκωμα",
        "平滑筋肉腫 CT",
        "平滑筋CT検査",
        "ساركوما",
        "Leiomyosarkom, лейомиосаркома, Μῦς",
        "1ª and 2º",
    ],
)
def test_a_legal_word_of_any_script_passes(word: str) -> None:
    assert data(f"a: {word}\nb: [{word!r}]\n") == {"a": word, "b": [word]}


@pytest.mark.parametrize("name", ["note", '"1"', "'no'", "glow_gene", "ki_67", "outcome.vital", "i", "g1"])
def test_a_name_that_every_program_reads_alike_passes(name: str) -> None:
    assert data(f"{name}: x") == {name.strip("\"'"): "x"}


@pytest.mark.parametrize(("text", "line", "column", "message", "hint"), REFUSED.values(), ids=REFUSED)
def test_a_file_is_refused_with_one_problem(
    text: str, line: int, column: int, message: str, hint: str
) -> None:
    _, (problem,) = read(text)
    assert problem.rank == 0
    assert (problem.line, problem.column) == (line, column), problem.text()
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(("text", "line", "column", "message", "hint"), NOTED.values(), ids=NOTED)
def test_a_trap_is_noted_at_its_place(text: str, line: int, column: int, message: str, hint: str) -> None:
    _, problems = read(text)
    problem = next(problem for problem in problems if message in problem.message)
    assert (problem.rank, problem.line, problem.column) == (1, line, column), problem.text()
    assert hint in problem.hint
    _, with_more = read(text + "\nlast: yes" if "---" not in text else text)
    assert set(problems) <= set(with_more), "the reading ended early"


@pytest.mark.parametrize("table", [REFUSED, NOTED], ids=["refused", "noted"])
def test_every_problem_has_a_hint(table: dict[str, tuple[str, int, int, str, str]]) -> None:
    silent = [name for name, (text, *_) in table.items() if not all(p.hint for p in read(text)[1])]
    assert silent in ([], ["a list as a key"])


def test_all_problems_of_a_file_come_at_once() -> None:
    _, problems = read("a: yes\nb: 010\nc:\na: “x”\n")
    assert [(p.line, p.column) for p in problems] == [(1, 4), (2, 4), (3, 3), (4, 1), (4, 4)]


@pytest.mark.parametrize(
    ("content", "line", "column", "message"),
    [
        ("a: 1\nb: naïve".encode("latin-1"), 2, 6, "not UTF-8"),
        ("a: 1".encode("utf-16"), 1, 1, "not UTF-8"),
        ("a: 1".encode("utf-16-le"), 1, 2, "U+0000"),
        (b"a: \xed\xa0\x80", 1, 4, "not UTF-8"),
        (b"a: 1\nb: 2\rc: 3", 2, 5, "carriage return"),
        (b"a: " + b"x" * MAX_BYTES, 1, 1, "larger than 64 kB"),
    ],
    ids=["latin-1", "utf-16", "utf-16 without mark", "surrogates", "old Mac line ends", "too large"],
)
def test_bytes_that_are_no_plain_text_are_refused(
    content: bytes, line: int, column: int, message: str
) -> None:
    _, (problem,) = read(content)
    assert (problem.rank, problem.line, problem.column) == (0, line, column)
    assert message in problem.message
    assert problem.hint


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "{", "[{", "a: {", "- - "])
def test_a_nesting_bomb_ends_with_a_problem(opening: str) -> None:
    _, problems = read(opening * min(50_000, MAX_BYTES // len(opening)))
    assert any(problem.rank == 0 for problem in problems)


def test_nesting_is_bounded_exactly() -> None:
    assert data("[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH)
    _, (problem,) = read("[" * (MAX_DEPTH + 1) + "1" + "]" * (MAX_DEPTH + 1))
    assert (problem.line, problem.column) == (1, MAX_DEPTH + 1)
    assert "nests deeper than 12" in problem.message


def test_the_number_of_values_is_bounded() -> None:
    assert data("[" + "1," * (MAX_NODES - 1) + "]")
    _, (problem,) = read("[" + "1," * MAX_NODES + "]")
    assert f"more than {MAX_NODES} values" in problem.message


def test_the_size_is_bounded_exactly() -> None:
    assert data(b"a: " + b"x" * (MAX_BYTES - 3))


def test_windows_files_read_alike() -> None:
    text = "a: 1\nb:\n  - x\n  - |\n    two\n    lines\n"
    assert data(b"\xef\xbb\xbf" + text.encode()) == data(text)
    assert data(text.replace("\n", "\r\n")) == data(text)
    assert data(text) == {"a": 1, "b": ["x", "two\nlines\n"]}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0", 0),
        ("-12", -12),
        ("1967", 1967),
        ("5.5", 5.5),
        ("-0.25", -0.25),
        ("true", True),
        ("false", False),
        ('"60"', "60"),
        ("'yes'", "yes"),
        ('""', ""),
        ("5 cm", "5 cm"),
        ('"> 5 cm"', "> 5 cm"),
        ("< 5 cm", "< 5 cm"),
        ("- negative", ["negative"]),
        ("case#2", "case#2"),
        ("text # a comment", "text"),
        ("text #! neither", "text"),
        ("5-6 months", "5-6 months"),
        ("μ-opioid, λ and 漢字, café", "μ-opioid, λ and 漢字, café"),
        ("none", "none"),
        ("90+", "90+"),
        ("10.1000/x", "10.1000/x"),
        (r'"a\tb"', "a\tb"),
    ],
)
def test_a_plain_value_is_what_it_looks_like(written: str, meant: object) -> None:
    value = data(f"a:\n  {written}\n" if written.startswith("- ") else f"a: {written}\n")
    assert isinstance(value, dict)
    assert value["a"] == meant
    assert type(value["a"]) is type(meant)


def test_every_value_and_key_has_its_mark() -> None:
    tree, _ = read("a:\n  b: 1\n  c:\n    - x\n    - {d: y}\n")
    assert tree.values[("a", "b")] == (2, 6)
    assert tree.values[("a", "c", 1, "d")] == (5, 11)
    assert tree.keys[("a", "c", 1, "d")] == (5, 8)
    assert tree.mark(("a", "c", 0, "nowhere")) == (4, 7), "a place not in the file is its nearest ancestor"


def test_a_long_form_is_found_where_its_short_form_would_stand() -> None:
    tree, _ = read("a:\n  value:\n    - b: 1\n  note: n\n")
    assert tree.mark(("a", 0, "b")) == (3, 10)


def test_of_a_duplicate_key_the_first_value_and_its_place_stay() -> None:
    tree, _ = read("a: 1\na: 2\n")
    assert tree.data == {"a": 1}
    assert tree.values[("a",)] == (1, 4)


def test_an_empty_key_keeps_its_place() -> None:
    tree, _ = read('a: 1\n"": x\n')
    assert tree.values[("",)] == (2, 5)


def test_lines_can_count_from_within_another_file() -> None:
    _, (problem,) = read_tree("page.md", "a: 1\nb: yes\n", first_line=2)
    assert (problem.line, problem.column) == (3, 4)


def test_a_path_is_written_as_people_write_it() -> None:
    assert dotted(("surgeries", 0, "blood_loss")) == "surgeries[0].blood_loss"
    assert dotted(()) == ""


def plain(value: object) -> bool:
    """Whether a value is made of nothing but mappings, lists, text, numbers, true, false and noted nulls."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and plain(inner) for key, inner in value.items())
    if isinstance(value, list):
        return all(plain(inner) for inner in value)
    return value is None or isinstance(value, str | bool | int | float)


YAML_LIKE = st.text(alphabet="ab1 0.:-#'\"[]{},\n\t|>?!&*%@~é\u200b\u2028\x00\r", max_size=40)


@given(st.one_of(st.text(), YAML_LIKE))
def test_any_text_gives_data_or_a_problem(text: str) -> None:
    tree, problems = read_tree("x.yml", text)
    assert problems or tree.values
    assert plain(tree.data)
    assert all(p.line >= 1 and p.column >= 1 for p in problems)


@given(st.one_of(st.binary(), YAML_LIKE.map(str.encode)))
def test_any_bytes_give_data_or_a_problem(content: bytes) -> None:
    tree, problems = read(content)
    assert problems or tree.values


@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"])))
def test_quoted_text_comes_back_verbatim(text: str) -> None:
    single = "a: '" + text.replace("'", "''") + "'"
    double = 'a: "' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    assert data(single) == data(double) == {"a": text}
