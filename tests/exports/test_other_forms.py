"""Phenopackets, OpenAPI, llms.txt and the text of a case: read back, they say what the records say."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import phenopackets
import pytest
from google.protobuf.json_format import MessageToDict, Parse

from build_tools.exports import case_text, llms_txt, openapi_json, phenopackets_json
from build_tools.publishing.generate import generate
from build_tools.reading.settings import read_settings
from build_tools.records.values import State
from build_tools.review.review import Review
from tests.world import EXAMPLE, World


def cohort(review: Review) -> phenopackets.Cohort:
    text = phenopackets_json.text(review, "Thumbs", "2090-01-02")
    read = Parse(text, phenopackets.Cohort())
    assert MessageToDict(read) == json.loads(text)
    return read


def test_the_library_reads_every_patient_as_a_phenopacket(example: Review) -> None:
    read = cohort(example)
    assert [packet.id for packet in read.members] == list(example.cases)
    for packet in read.members:
        case = example.cases[packet.id]
        assert packet.meta_data.phenopacket_schema_version == "2.0"
        assert packet.meta_data.created.ToJsonString() == "2090-01-02T00:00:00Z"
        assert len(packet.meta_data.external_references) == len(case.report_ids)
        sex = case.by_path["patient.sex"].value
        if sex in ("male", "female"):
            assert phenopackets.Sex.Name(packet.subject.sex) == str(sex).upper()


def test_only_codes_that_were_looked_up_are_given_with_their_resource(casebook: Review) -> None:
    read = cohort(casebook)
    terms = casebook.vocabularies.values()
    codes = [code for vocabulary in terms for entry in vocabulary.terms.values() for code in entry.codes]
    looked_up = {phenopackets_json.curie(code) for code in codes if code.verified}
    given = set()
    for packet in read.members:
        classes = [feature.type for feature in packet.phenotypic_features]
        classes += [disease.term for disease in packet.diseases]
        classes += [action.treatment.agent for action in packet.medical_actions]
        prefixes = {resource.namespace_prefix for resource in packet.meta_data.resources}
        assert {one.id.partition(":")[0] for one in classes} <= prefixes
        given |= {one.id for one in classes}
    assert given
    assert given <= looked_up


def test_what_a_report_denies_is_excluded(casebook: Review) -> None:
    for packet in cohort(casebook).members:
        case = casebook.cases[packet.id]
        denied = 0
        for path in ("presentation.symptoms", "presentation.signs", "patient.comorbidities"):
            found = case.by_path.get(path)
            denied += sum(fact.state is State.ABSENT for fact in (found.children if found else ()))
        assert sum(feature.excluded for feature in packet.phenotypic_features) <= denied


def test_openapi_names_every_file_once_and_with_a_type(world: World) -> None:
    site = generate(world.without_charts().root)
    files = {file.path: file.content for file in site.downloads}
    told = json.loads(files[openapi_json.PATH])
    assert told["openapi"] == "3.1.0"
    paths = {path.removeprefix("/") for path in told["paths"]} - {"cases/{id}.txt"}
    assert paths <= files.keys()
    assert {path for path in files if path.startswith("data/tidy/")} <= paths
    ids = [path["get"]["operationId"] for path in told["paths"].values()]
    assert len(ids) == len(set(ids))
    for path in told["paths"].values():
        (kind,) = path["get"]["responses"]["200"]["content"]
        assert re.fullmatch(r"[a-z]+/[\w.+-]+", kind)
    for path in re.findall(r"\]\(([^)]+)\)", files[llms_txt.PATH].decode()):
        assert path in files, path


def test_llms_txt_names_the_address_where_there_is_one(example: Review) -> None:
    settings = replace(read_settings(EXAMPLE), address="https://casebook.example/thumbs/")
    told = llms_txt.text(example, settings, "v1")
    assert told.startswith(f"# {settings.name}\n\n> ")
    assert "(https://casebook.example/thumbs/cases/quill-2081.txt)" in told


@pytest.mark.parametrize("id", ["quill-2081", "orrin-2083", "tarn-2079"])
def test_the_text_of_a_case_has_every_value_with_its_places_and_names_what_is_silent(
    example: Review, id: str
) -> None:
    case = example.cases[id]
    told = case_text.text(case, example)
    for path, fact in case.by_path.items():
        if fact.missing:
            assert path in told
        elif not fact.children:
            assert f"- `{path}`: " in told
            assert all(source.place.replace("_", r"\_") in told for source in fact.sources)


def test_no_word_of_a_case_becomes_markup(world: World) -> None:
    world.replace("cases/quill-2081.yml", "ancestry: hill people", 'ancestry: "<b>*x*</b> `y` # z"')
    review = world.check()[0]
    told = case_text.text(review.cases["quill-2081"], review)
    assert r"\<b\>\*x\*\</b\> \`y\` \# z" in told
