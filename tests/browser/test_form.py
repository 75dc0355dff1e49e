"""The form for a new case, in a real browser: it makes files that the checks accept, and sends nothing."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, expect

from build_tools.authoring.handed_in import FILES, files_of
from build_tools.authoring.layout import laid_out
from build_tools.checks import RULES
from build_tools.checks.checking import check_all
from build_tools.exports import form_json
from build_tools.problems.mistakes import MISTAKES
from build_tools.problems.problem import Problem
from build_tools.publishing.generate import generate
from build_tools.reading.yaml_tree import read_tree
from build_tools.records.case import Case
from tests.browsing import DESK, PHONE, Visit, served, visit
from tests.engines import by_mkdocs
from tests.filling import FORM, LAST, Form
from tests.hostile import TEXTS
from tests.world import EXAMPLE, World

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("form")]

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
KEY = "casebook-new-case"
Draft = dict[str, Any]


@dataclass(frozen=True)
class Invented:
    """The invented casebook, built, where it can be read and where it is served."""

    world: World
    base: str


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Invented]:
    folder = tmp_path_factory.mktemp("form")
    world = World(Path(shutil.copytree(EXAMPLE, folder / "casebook"))).with_look().without_charts()
    with served(by_mkdocs(world.root, folder / "site")) as base:
        yield Invented(world, base)


@pytest.fixture(params=["desk", "phone"])
def form(request: pytest.FixtureRequest, browser: Browser, invented: Invented) -> Iterator[Form]:
    more: dict[str, Any] = {"viewport": DESK}
    if request.param == "phone":
        more = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    with visit(browser, invented.base, **more) as reader:
        yield Form(reader).open()
        assert reader.faults == []
        assert reader.elsewhere == []
        assert reader.dialogs == []


@pytest.fixture
def desk(browser: Browser, invented: Invented) -> Iterator[Form]:
    with visit(browser, invented.base) as reader:
        yield Form(reader).open()
        assert reader.faults == []
        assert reader.elsewhere == []


def copy_of(invented: Invented, folder: Path) -> World:
    return World(Path(shutil.copytree(invented.world.root, folder / "casebook")))


def problems_of(world: World, file: str) -> list[Problem]:
    return [problem for problem in check_all(world.root)[1] if problem.file == file]


def fill_a_whole_case(form: Form) -> None:
    form.term("reports.0.report", "orrin")
    form.type("reports.0.label", "case 2")
    form.type("source", "Case report")
    form.step(1)
    form.type("patient.age", "44")
    form.term("patient.sex", "Woman")
    form.press("patient.family_history", "Absent")
    form.step(2)
    form.term("presentation.symptoms", "pain")
    form.press("presentation.symptoms.pain", "Tell more")
    form.type("presentation.symptoms.pain.duration", "4-6 weeks")
    form.term("presentation.symptoms", "numbness")
    form.press("presentation.symptoms.numbness", "Absent")
    form.step(3)
    form.press("laboratory", "Not done")
    form.press("imaging", "Add a study")
    form.type("imaging.0", "Figure 1")
    form.term("imaging.0.modality", "ultrasound")
    form.step(5)
    form.press("lesions", "Add a lesion")
    form.term("lesions.0.role", "Primary tumour")
    form.term("lesions.0.origin.structure", "thumb pulp")
    form.press("lesions.0.sizes", "Add a measurement")
    form.term("lesions.0.sizes.0.method", "specimen")
    form.type("lesions.0.sizes.0.size", "5.5 x 4 cm")
    form.step(6)
    form.press("surgeries", "Add an operation")
    form.type("surgeries.0.at", "0 months")
    form.term("surgeries.0.procedures", "Local excision")
    form.press("surgeries.0.blood_loss", "Not done")
    form.step(7)
    form.press("pathology", "Add a specimen")
    form.term("pathology.0.specimen", "resection")
    form.term("pathology.0.immunohistochemistry", "glow1")
    form.term("pathology.0.immunohistochemistry.glow1.result", "positive")
    form.step(8)
    form.press("systemic_therapy", "Absent")
    form.step(9)
    form.term("time_zero", "Surgery")
    form.press("events", "Add an event")
    form.term("events.0.event", "Surgery")
    form.type("events.0.at", "0 months")
    form.type("follow_up.last_contact", "> 2 years")
    form.term("outcome.vital", "Alive")
    form.press("outcome.local_recurrence", "Absent")
    form.press("outcome.metastasis", "More")
    form.press("outcome.metastasis", "Unknown")
    form.step(10)
    form.type("extraction.by.0.name", "A Reader")


def fill_a_small_case(form: Form) -> None:
    form.term("reports.0.report", "orrin")
    form.type("reports.0.label", "case 2")
    form.type("source", "Case report")
    form.step(1)
    form.type("patient.age", "44")
    form.term("patient.sex", "Woman")
    form.step(10)
    form.type("extraction.by.0.name", "A Reader")


@pytest.fixture(scope="module")
def whole(browser: Browser, invented: Invented) -> str:
    """A draft of a whole case, as the browser keeps it."""
    with visit(browser, invented.base) as reader:
        form = Form(reader).open()
        fill_a_whole_case(form)
        form.step(LAST)
        kept: str = form.page.evaluate("key => localStorage.getItem(key)", KEY)
        return kept


def with_draft(reader: Visit, draft: str) -> Form:
    """The form where a browser has kept a draft."""
    reader.page.add_init_script(f"localStorage.setItem({json.dumps(KEY)}, {json.dumps(draft)})")
    return Form(reader).open()


def test_a_whole_case_is_written_accepted_and_built(form: Form, invented: Invented, tmp_path: Path) -> None:
    fill_a_whole_case(form)
    form.step(LAST)
    expect(form.page.locator(".all-well")).to_be_visible()
    with form.page.expect_download() as download:
        form.page.get_by_role("button", name="Download").click()
    name = download.value.suggested_filename
    assert name == "orrin-2083-case-2.yml"
    world = copy_of(invented, tmp_path)
    world.write(f"cases/{name}", Path(download.value.path()).read_bytes())
    assert problems_of(world, f"cases/{name}") == []
    assert laid_out(world.read(f"cases/{name}"), Case) == world.read(f"cases/{name}")
    page = {page.path: page for page in generate(world.root).pages}[f"cases/{name.removesuffix('.yml')}.md"]
    assert "4–6\u00a0weeks" in page.body
    case = world.review().cases["orrin-2083-case-2"]
    states = {path: str(fact.state) for path, fact in case.by_path.items()}
    assert states["patient.family_history"] == "absent"
    assert states["laboratory"] == "not_done"
    assert states["outcome.metastasis"] == "unknown"
    assert states["presentation.symptoms.numbness"] == "absent"
    assert states["biopsy"] == "not_reported"


# ---- what the form says is what the checks say ----

SOUND: Draft = {
    "reports": [{"report": "quill-2081", "role": "full", "label": "the sound one"}],
    "source": [{"report": "quill-2081", "place": "Results"}],
    "extraction": {"by": [{"name": "A Reader"}], "date": "2090-02-01"},
}


def said(value: object, **more: object) -> Draft:
    return {"value": value, **more}


def events(*pairs: tuple[str, str]) -> Draft:
    return {"events": [{"event": event, "at": said(time)} for event, time in pairs]}


WRONG: dict[str, Draft] = {
    "a misspelt term": {"patient": {"sex": said("femal")}},
    "a synonym": {"patient": {"sex": said("man")}},
    "a term like nothing": {"patient": {"country": said('Q\'x "quoted"\t')}},
    "a term to be added": {"patient": {"country": said("New Borduria")}},
    "a term that YAML would not read": {"patient": {"country": said("no")}},
    "an American spelling": {
        "presentation": {"symptoms": said([{"key": "numbnes"}]), "main_symptom": said("payn")}
    },
    "an age": {"patient": {"age": said("91")}},
    "an age in words": {"patient": {"age": said("sixty")}},
    "a number in words": {"patient": {"asa_grade": said("two")}},
    "a number with a point": {"patient": {"asa_grade": said("2.5")}},
    "a measure without a unit": {"presentation": {"delay": said("4")}},
    "a measure of another kind": {"presentation": {"delay": said("4 cm")}},
    "a range that runs backwards": {"presentation": {"delay": said("6-4 weeks")}},
    "two axes of time": {"presentation": {"delay": said("4 x 5 weeks")}},
    "an emoji as measure": {"presentation": {"delay": said("\U0001f9a0 weeks")}},
    "a long text": {"patient": {"family_history": said("a" * 601)}},
    "unclear without a note": {"patient": {"age": {"state": "unclear"}}},
    "inferred without a note": {"patient": {"age": said("44", inferred=True)}},
    "a study without its kind": {"imaging": said([{"contrast": said("with")}])},
    "a finding like no term": {"imaging": said([{"modality": "ct", "findings": said([{"key": "maas"}])}])},
    "a stain without its result": {
        "pathology": said(
            [{"specimen": "resection", "immunohistochemistry": said([{"key": "glow1", "said": {}}])}]
        )
    },
    "a marker like no term": {
        "pathology": said(
            [
                {
                    "specimen": "resection",
                    "immunohistochemistry": said([{"key": "glow9", "said": said({"result": "positive"})}]),
                }
            ]
        )
    },
    "no reader": {"extraction": {"date": "2090-02-01"}},
    "a date in words": {"extraction": {"by": [{"name": "A Reader"}], "date": "1 February"}},
    "an ORCID with a slip": {
        "extraction": {"by": [{"name": "A Reader", "orcid": "0000-0002-1825-0098"}], "date": "2090-02-01"}
    },
    "one person in two files": {
        "identity": {"same_patient": "certain", "other_case": "tarn-2079"},
        "reports": [{"report": id, "label": "x", "role": "full"} for id in ("quill-2081", "quill-2088")],
    },
    "two persons in one file": {"identity": {"same_patient": "possible"}},
    "no such report": {"reports": [{"report": "quil-2081", "role": "full"}], "source": []},
    "no such regimen": {
        "systemic_therapy": said([{"status": said("given"), "regimen": said("dimmerin-shadx")}])
    },
    "a value without a source": {"source": [], "patient": {"age": said("44")}},
    "a time zero without a source": {"source": [], "time_zero": said("surgery")},
    "a state without a source": {"source": [], "laboratory": {"state": "not_done"}},
    "a source of another report": {
        "source": [{"report": "tarn-2079", "place": "x"}],
        "time_zero": said("surgery"),
    },
    "something after death": events(("death", "12 months"), ("imaging", "13 months")),
    "something after last follow-up": {
        **events(("imaging", "3 years")),
        "follow_up": {"last_contact": said("<= 24 months")},
    },
    "news after death": {**events(("death", "1 week")), "follow_up": {"last_contact": said("2 months")}},
    "a relapse that is denied": {
        **events(("local_recurrence", "8 months")),
        "outcome": {"local_recurrence": {"state": "absent"}},
    },
    "dead and alive": {**events(("death", "8 months")), "outcome": {"vital": said("alive")}},
    "alive with a cause of death": {"outcome": {"vital": said("alive"), "cause": said("disease")}},
    "a death that the outcome does not tell": events(("death", "8 months")),
    "a death that the time line does not tell": {
        "outcome": {"vital": said("dead"), "cause": said("disease")}
    },
    "a time zero that is not zero": {"time_zero": said("surgery"), **events(("surgery", "2 months"))},
    "two times of last follow-up": {
        **events(("last_contact", "8 months")),
        "follow_up": {"last_contact": said("9 months")},
    },
    "a main symptom that is denied": {
        "presentation": {
            "main_symptom": said("pain"),
            "symptoms": said([{"key": "pain", "said": {"state": "absent"}}]),
        }
    },
    "more nodes with tumour than removed": {
        "surgeries": said([{"lymph_nodes": said({"removed": said("3"), "positive": said("4")})}])
    },
    "nodes without tumour of which two hold tumour": {
        "surgeries": said([{"lymph_nodes": said({"status": said("negative"), "positive": said("2")})}])
    },
    "a report named twice": {"reports": [{"report": "quill-2081", "label": x, "role": "full"} for x in "ab"]},
    "one report and two persons": {"identity": {"same_patient": "probable"}},
    "a patient who is here already": {
        "reports": [{"report": "vesper-2085", "role": "full", "label": "CASE 1"}],
        "source": [],
    },
    "a patient who is here already under a label spelt otherwise": {
        "reports": [{"report": "vesper-2085", "role": "full", "label": "Case1"}],
        "source": [],
    },
    "a death at one month": events(("death", "1 month"), ("imaging", "13 months")),
    "a full date": {"remarks": ["Seen on 14 March 2020."]},
    "a month and year": {"remarks": ["Since June 2019 no news."]},
    "a date of birth": {"patient": {"age": said("44", note="Date of birth: winter 1940.")}},
    "a name": {"remarks": ["Mrs. Smith agreed."]},
    "initials": {"patient": {"family_history": said("The patient (A. B.) has two sisters.")}},
    "an address": {"remarks": ["To be reached at someone@house.invalid."]},
    "a telephone number": {"remarks": ["Tel. 030 1234567"]},
    "a record number": {
        "source": [{"report": "quill-2081", "place": "Hospital number 12345"}],
        "time_zero": said("surgery"),
    },
    "an age above 89": {"remarks": ["A 92-year-old man."]},
    "measures as printed": {
        "surgeries": said(
            [
                {"blood_loss": said("2,300 mL"), "duration": said("4 h 20 min")},
                {"blood_loss": said("2,300 l"), "duration": said("about 4 hours")},
                {"blood_loss": said("a lot"), "duration": said("4:20")},
            ]
        ),
        "laboratory": said(
            [
                {"test": "haemoglobin", "result": said("310 × 10⁹/L")},
                {"test": "haemoglobin", "result": said("normal")},
            ]
        ),
        "radiotherapy": said(
            [{"status": said("given"), "dose": said(dose)} for dose in ("25 x 1.8 Gy", "4500 cGy")]
        ),
    },
    "doses and days as printed": {
        "systemic_therapy": said(
            [
                {
                    "status": said("given"),
                    "cycle_length": said("q3w"),
                    "drugs": said(
                        [
                            {
                                "key": "dimmerin",
                                "said": said({"dose": said("60 mg/m² d1, 8"), "days": said("days 1 and 8")}),
                            }
                        ]
                    ),
                },
                {
                    "cycle_length": said("now and then"),
                    "drugs": said(
                        [
                            {
                                "key": "dimmerin",
                                "said": said({"dose": said("AUC 6"), "days": said("often")}),
                            }
                        ]
                    ),
                },
            ]
        )
    },
    "another case that is not here": {"identity": {"same_patient": "possible", "other_case": "no-such-case"}},
    "a sign that was lost": {"remarks": ["Marker X\uf061 high.", "Serum 61 \ufffdmol/l."]},
    "an age in months": {"patient": {"age": said("8 months")}},
    "an age as a range": {"patient": {"age": said("40-50")}},
    "a state in capitals": {"patient": {"age": said("4"), "family_history": said("None")}},
    "no count": {
        "pathology": said([{"specimen": "resection", "mitoses": said({"count": said("7/10 HPF")})}])
    },
    "a second reader who was the first": {
        "extraction": {
            "by": [{"name": "A Reader"}],
            "date": "2090-02-01",
            "second_reading": {"by": [{"name": "a reader"}]},
        }
    },
}

KNOWN = {mistake.number for mistake in MISTAKES} | {
    rule.number for rule in RULES if rule.name in form_json.FOUND | form_json.PERSONAL.keys()
}
"""What can be found while somebody types; the other rules need other cases, or more of this one."""

RUN = """async (drafts) => {
  const from = (name) => import(new URL('../../assets/form/' + name, location.href));
  const [{ problems }, { record }, { yaml }] =
    await Promise.all(['checks.js', 'record.js', 'yaml.js'].map(from));
  const data = await (await fetch('../../assets/form.json')).json();
  return drafts.map((draft) => ({
    text: yaml(data.modelines.case, record(data.case, draft)),
    problems: problems(draft, data).map(({ path, message, hint }) => [path, message, hint]),
  }));
}"""


def where(path: str) -> str:
    """A field's path without the steps of the long form."""
    return re.sub(r"\.value(?=[.\[]|$)", "", path)


def test_the_form_says_what_the_checks_say(desk: Form, invented: Invented, tmp_path: Path) -> None:
    drafts = [
        {**SOUND, "reports": [{**SOUND["reports"][0], "label": f"wrong {number}"}], **draft}
        for number, draft in enumerate(WRONG.values())
    ]
    made = desk.page.evaluate(RUN, drafts)
    world = copy_of(invented, tmp_path)
    for number, one in enumerate(made):
        world.write(f"cases/wrong-{number}.yml", one["text"])
    found = check_all(world.root)[1]
    for number, (name, one) in enumerate(zip(WRONG, made, strict=True)):
        theirs = {
            (where(p.field), p.message, p.hint)
            for p in found
            if p.file == f"cases/wrong-{number}.yml" and p.rule in KNOWN
        }
        ours = {(where(path), message, hint) for path, message, hint in one["problems"]}
        assert theirs, name
        assert ours == theirs, name
    tried = {problem.rule for problem in found}
    shared = form_json.FOUND | form_json.PERSONAL.keys()
    assert [rule.name for rule in RULES if rule.name in shared and rule.number not in tried] == []


def test_a_sound_draft_has_no_problem(desk: Form, invented: Invented, tmp_path: Path) -> None:
    ((made),) = desk.page.evaluate(RUN, [SOUND])
    world = copy_of(invented, tmp_path)
    world.write("cases/sound.yml", made["text"])
    assert made["problems"] == []
    assert problems_of(world, "cases/sound.yml") == []


def test_any_text_comes_out_as_it_was_typed(desk: Form, invented: Invented) -> None:
    texts = [*TEXTS, "two\nlines", "tab\there", "no", "null", "12:30", "- x", "a #b", "' \" \\", "x" * 600]
    drafts = [{**SOUND, "remarks": [text], "patient": {"age": said("4", note=text)}} for text in texts]
    for text, made in zip(texts, desk.page.evaluate(RUN, drafts), strict=True):
        tree, wrong = read_tree("cases/x.yml", made["text"])
        assert wrong == [], text
        assert isinstance(tree.data, dict)
        assert tree.data["remarks"] == [text.strip()]
        assert tree.data["patient"]["age"]["note"] == text.strip()


def test_what_no_file_may_hold_is_mended_as_it_is_typed(desk: Form) -> None:
    desk.step(1)
    desk.type("patient.family_history", "a\u00a0b\u200bc\u00ad \u2212 \uff15 e\u0301 \ud83d\ude42")
    desk.field("patient.family_history").locator("textarea").first.press("Tab")
    expect(desk.field("patient.family_history").locator("textarea").first).to_have_value(
        "a bc - 5 \u00e9 \U0001f642"
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("A lump of 6\u2009cm, 2\u2007300 ml", "A lump of 6 cm, 2 300 ml"),
        ("\u2714\ufe0f seen", "\u2714 seen"),
        ("a well-de\ufb01ned lump with \ufb02uid", "a well-defined lump with fluid"),
    ],
)
def test_signs_of_a_pdf_are_mended_as_the_checks_ask(
    desk: Form, invented: Invented, tmp_path: Path, typed: str, shown: str
) -> None:
    (made,) = desk.page.evaluate(RUN, [{**SOUND, "remarks": [typed]}])
    world = copy_of(invented, tmp_path)
    world.write("cases/sound.yml", made["text"])
    assert shown in made["text"]
    assert made["problems"] == []
    assert problems_of(world, "cases/sound.yml") == []


@pytest.mark.parametrize("typed", ["61 \ufffdmol/l", "the patient\u0092s lump", "a well-de\u0002ned lump"])
def test_a_lost_sign_is_told_and_never_dropped(desk: Form, typed: str) -> None:
    (made,) = desk.page.evaluate(RUN, [{**SOUND, "remarks": [typed]}])
    assert "\ufffd" in made["text"]
    assert [message for _, message, _ in made["problems"]] == [
        "the sign U+FFFD tells that another one was lost in copying"
    ]


def test_letters_of_two_scripts_are_told(desk: Form) -> None:
    (made,) = desk.page.evaluate(RUN, [{**SOUND, "remarks": ["A c\u0430se of TNF\u03b1."]}])
    ((_, message, _),) = made["problems"]
    assert message.startswith("the letter U+0430 (Cyrillic) stands in a word of another script")


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"source": [None, {"place": "Results"}, 7], "patient": {"age": {"value": "44"}}}, "7"),
        ({"patient": {"age": {"value": "44", "source": [None, {"place": 3}]}}}, '{"place":3}'),
        ({"patient": {"age": {"value": "44"}, "constructor": {"value": "odd"}}}, "odd"),
        ({"reports": [{"report": "constructor"}], "patient": {"age": {"value": "44"}}, "x": ["odd"]}, "odd"),
        ({"patient": {"age": {"value": "44", "note": ["odd"]}}}, "odd"),
    ],
    ids=["empty source", "no place", "field", "report", "note"],
)
def test_a_damaged_draft_opens_as_far_as_it_can(desk: Form, record: Draft, words: str) -> None:
    with_draft(desk.visit, json.dumps({"format": 1, "record": record}))
    assert words in desk.page.locator(".notice.left textarea").input_value()
    desk.step(1)
    expect(desk.field("patient.age").locator("input").first).to_have_value("44")
    desk.step(LAST)


def test_a_mistake_is_told_while_it_is_typed_and_goes_when_it_is_mended(form: Form) -> None:
    form.step(1)
    form.type("patient.age", "sixty")
    error = form.field("patient.age").locator(".error").first
    expect(error).to_contain_text("an age is a whole number of years below 90")
    field = form.field("patient.age").locator("input").first
    expect(field).to_have_attribute("aria-invalid", "true")
    assert str(error.get_attribute("id")) in str(field.get_attribute("aria-describedby"))
    form.type("patient.age", "60")
    expect(error).to_be_empty()
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_a_form_left_half_filled_says_what_is_missing_and_leads_there(form: Form) -> None:
    form.step(3)
    form.press("imaging", "Add a study")
    form.type("imaging.0.impression", "a wart")
    form.step(LAST)
    wanted = form.page.locator(".to-mend li").filter(has_text="the field 'modality' is missing")
    expect(wanted).to_have_count(1)
    wanted.get_by_role("button").click()
    expect(form.page.get_by_role("heading", level=2)).to_have_text("Laboratory and imaging")
    expect(form.field("imaging.0.modality").locator("input").first).to_be_focused()


# ---- the draft ----


def test_a_draft_survives_a_reload(form: Form) -> None:
    fill_a_small_case(form)
    before = form.file()
    form.open()
    assert form.file() == before
    form.step(1)
    expect(form.field("patient.sex").get_by_label("Woman")).to_be_checked()


def test_a_draft_of_an_older_form_is_taken_over_and_what_does_not_fit_is_shown(desk: Form) -> None:
    old = {
        "format": 0,
        "record": {
            "reports": [{"report": "quill-2081", "role": "full"}],
            "patient": {"age": {"value": "44"}, "shoe_size": {"value": "43 at most"}, "sex": "male"},
            "imaging": {"value": "an old picture"},
            "horoscope": ["Leo rising"],
        },
    }
    with_draft(desk.visit, json.dumps(old))
    notice = desk.page.locator(".notice.left")
    expect(notice).to_contain_text("from an older form")
    left = notice.locator("textarea").input_value()
    for words in ("43 at most", "an old picture", "Leo rising", "male"):
        assert words in left
    desk.step(1)
    expect(desk.field("patient.age").locator("input").first).to_have_value("44")


def test_a_draft_that_can_not_be_read_is_shown_as_it_is(desk: Form) -> None:
    with_draft(desk.visit, "no draft <b>at all</b>")
    assert desk.page.locator(".notice.left textarea").input_value() == "no draft <b>at all</b>"


@pytest.mark.parametrize(
    ("storage", "words"),
    [
        (
            "Object.defineProperty(window, 'localStorage', "
            "{ get() { throw new DOMException('no', 'SecurityError'); } })",
            "keeps no drafts",
        ),
        (
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
            "storage is full",
        ),
    ],
    ids=["switched off", "full"],
)
def test_without_storage_a_sentence_says_so_and_all_else_works(
    browser: Browser, invented: Invented, tmp_path: Path, storage: str, words: str
) -> None:
    with visit(browser, invented.base) as reader:
        reader.page.add_init_script(storage)
        form = Form(reader).open()
        expect(form.page.locator(".notice.trouble")).to_contain_text(words)
        fill_a_small_case(form)
        world = copy_of(invented, tmp_path)
        world.write("cases/new.yml", form.file())
        assert problems_of(world, "cases/new.yml") == []
        assert set(reader.faults) <= {"no", "SecurityError: no"}  # the theme asks for the storage, too


def test_a_draft_put_aside_can_be_brought_back(desk: Form) -> None:
    desk.step(1)
    desk.type("patient.age", "44")
    desk.page.get_by_role("button", name="Start a new case").click()
    desk.page.get_by_role("button", name="Put it aside").click()
    desk.step(1)
    expect(desk.field("patient.age").locator("input").first).to_have_value("")
    desk.open()
    desk.page.get_by_role("button", name="Bring back").click()
    desk.step(1)
    expect(desk.field("patient.age").locator("input").first).to_have_value("44")


def test_a_removed_card_comes_back(desk: Form) -> None:
    desk.step(3)
    desk.press("imaging", "Add a study")
    desk.type("imaging.0.impression", "a wart")
    desk.page.get_by_role("button", name="Remove study 1").click()
    desk.page.get_by_role("button", name="Bring it back").click()
    expect(desk.field("imaging.0.impression").locator("textarea").first).to_have_value("a wart")


# ---- handing over ----


def test_nothing_is_asked_of_anybody_once_the_form_is_loaded(desk: Form) -> None:
    desk.page.context.set_offline(True)
    before = list(desk.visit.requests)
    fill_a_small_case(desk)
    with desk.page.expect_download():
        desk.step(LAST)
        desk.page.get_by_role("button", name="Download").click()
    assert [url for url in desk.visit.requests if not url.startswith("blob:")] == before


def test_a_file_is_copied_or_stands_selected_to_be_copied(desk: Form) -> None:
    desk.step(LAST)
    desk.page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }")
    desk.page.get_by_role("button", name="Copy", exact=True).click()
    expect(desk.page.locator(".done").first).to_have_text("Copied.")
    assert desk.page.evaluate("window.copied") == desk.page.locator("textarea.yaml").input_value()
    desk.page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('no'); }; }")
    desk.page.get_by_role("button", name="Copy", exact=True).click()
    expect(desk.page.locator(".done").first).to_contain_text("The text is selected")
    assert desk.page.evaluate("getSelection().toString() || document.activeElement.className") != ""


def test_the_link_to_the_repository_carries_the_file_while_it_is_short_enough(desk: Form) -> None:
    fill_a_small_case(desk)
    text = desk.file()
    link = desk.page.get_by_role("link", name="Propose it on the repository")
    address = urlsplit(str(link.get_attribute("href")))
    assert address.path == "/example/invented-thumbs/new/main/cases"
    assert parse_qs(address.query) == {"filename": ["orrin-2083-case-2.yml"], "value": [text]}
    desk.step(10)
    for row in range(12):
        desk.field("remarks").locator("textarea").nth(row).fill("% " * 290)
    desk.step(LAST)
    expect(link).to_have_count(0)
    expect(desk.page.get_by_role("link", name="an empty new file")).to_have_attribute(
        "href", re.compile(r"/new/main/cases\?filename=orrin-2083-case-2\.yml$")
    )


def test_a_new_report_comes_with_its_own_file_and_a_line_in_the_log(
    desk: Form, invented: Invented, tmp_path: Path
) -> None:
    fill_a_small_case(desk)
    desk.step(0)
    desk.type("reports.0.report", "")
    desk.page.get_by_role("button", name="Describe a new report").click()
    desk.field("report.design").locator("select").select_option("case_report")
    desk.type("report.title", "A thumb that glows: a case")
    desk.press("report.authors", "Add an author")
    desk.type("report.authors.0.family", "Ødegård")
    desk.type("report.year", "2091")
    desk.field("report.read").locator("select").select_option("full")
    desk.step(LAST)
    expect(desk.page.locator(".all-well")).to_be_visible()
    names = desk.page.locator(".file h4").all_inner_texts()
    world = copy_of(invented, tmp_path)
    for index, name in enumerate(names):
        world.write(name.partition(". ")[2], desk.file(index))
    assert [name.partition(". ")[2] for name in names] == [
        "cases/odegard-2091-case-2.yml",
        "content/reports/odegard-2091.yml",
        "content/searches/handed-in-odegard-2091.yml",
    ]
    assert check_all(world.root)[1] == []
    issue = desk.page.get_by_role("link", name="Open an issue with it").get_attribute("href")
    pasted = parse_qs(urlsplit(str(issue)).query)["files"][0]
    handed_in = files_of(f"### {FILES}\n\n```yaml\n{pasted}\n```\n")
    assert handed_in == {name: world.read(name) for name in handed_in}
    assert len(handed_in) == 3


def test_a_name_that_is_taken_and_a_likely_twin_are_told(desk: Form) -> None:
    desk.term("reports.0.report", "quill-2081")
    desk.type("id", "quill-2081")
    expect(desk.field("id").locator(".error")).to_contain_text("there is a case 'quill-2081' already")
    expect(desk.page.locator(".twins a").first).to_have_attribute("href", re.compile(r"cases/quill-2081/$"))


# ---- for everyone ----


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_step_is_sound_on_desk_and_phone(
    browser: Browser, invented: Invented, whole: str, scheme: Any
) -> None:
    with visit(browser, invented.base, color_scheme=scheme) as reader:
        form = with_draft(reader, whole)
        form.page.evaluate(AXE)
        for index in range(LAST + 1):
            form.page.set_viewport_size(DESK if index % 2 else PHONE)  # type: ignore[arg-type]
            form.step(index)
            assert form.page.evaluate("document.documentElement.scrollWidth") <= DESK["width"]
            found = form.page.evaluate("axe.run('.case-form', {resultTypes: ['violations']})")
            assert [
                (index, fault["id"], [node["target"] for node in fault["nodes"]][:3])
                for fault in found["violations"]
                if fault["impact"] in ("serious", "critical")
            ] == []


def test_what_a_finger_has_to_hit_is_large_enough(browser: Browser, invented: Invented, whole: str) -> None:
    with visit(browser, invented.base, viewport=PHONE, has_touch=True, is_mobile=True) as reader:
        form = with_draft(reader, whole)
        for index in range(LAST + 1):
            form.step(index)
            assert form.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], index
            small = form.page.locator(
                ".form-layout :is(button, select, textarea, input:not([type=radio], [type=checkbox]), .pill)"
            ).evaluate_all(
                "all => all.filter(e => e.offsetParent && e.getBoundingClientRect().height < 44)"
                ".map(e => e.outerHTML)"
            )
            assert small == [], index


def test_the_form_works_by_keyboard_alone(desk: Form, invented: Invented, tmp_path: Path) -> None:
    press, type = desk.page.keyboard.press, desk.page.keyboard.type
    desk.page.locator(".form-steps button").first.focus()
    press("Enter")
    desk.field("reports.0.report").locator("input").focus()
    type("quill")
    press("ArrowDown")
    press("ArrowUp")
    press("Enter")
    press("Tab")
    type("case 7")
    desk.page.locator(".ways-on .next").focus()
    press("Enter")
    expect(desk.page.get_by_role("heading", level=2)).to_be_focused()
    press("Tab")
    type("Results")
    press("Tab")
    press("Tab")
    type("44")
    for _ in range(5):
        press("Tab")
    press("Space")
    expect(desk.field("patient.sex").locator("input").first).to_be_checked()
    desk.page.locator(".form-steps button").nth(10).focus()
    press("Enter")
    desk.field("extraction.by.0.name").locator("textarea").focus()
    type("A Reader")
    world = copy_of(invented, tmp_path)
    world.write("cases/new.yml", desk.file())
    assert problems_of(world, "cases/new.yml") == []
    assert "age: 44" in desk.file()
    assert "sex: female" in desk.file()


def test_without_scripts_the_page_says_how_else_to_add_a_case(browser: Browser, invented: Invented) -> None:
    with visit(browser, invented.base, java_script_enabled=False) as reader:
        trouble = reader.go(FORM).locator(".form-trouble")
        expect(trouble).to_contain_text("scripts are switched off")
        expect(trouble.get_by_role("link")).to_have_text("copy a case and change it")


def test_no_text_becomes_markup_in_the_preview(desk: Form) -> None:
    desk.step(10)
    for row, text in enumerate(TEXTS[:25]):
        desk.field("remarks").locator("textarea").nth(row).fill(text)
    desk.step(LAST)
    assert desk.page.locator(".preview .remarks li").all_inner_texts() == list(TEXTS[:25])
    assert desk.page.locator(".preview :is(img, script, svg, iframe, details, h1)").count() == 0
    assert desk.visit.dialogs == []


def test_a_file_that_is_too_large_is_told(desk: Form) -> None:
    remarks = ["x" * 600] * 110
    draft = {"format": 1, "record": {**SOUND, "remarks": remarks}}
    form = with_draft(desk.visit, json.dumps(draft))
    form.step(LAST)
    expect(form.page.locator(".to-mend")).to_contain_text("the file is larger than 64 kB; split it")


def test_a_change_in_another_window_is_told(desk: Form) -> None:
    other = desk.page.context.new_page()
    other.goto(desk.page.url)
    other.evaluate("key => localStorage.setItem(key, '{}')", KEY)
    expect(desk.page.locator(".notice.other")).to_contain_text("changed in another window")
