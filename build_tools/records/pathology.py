"""What the pathologist found, and the genetics of tumour and patient."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from build_tools.records.measures import Percent, Tally
from build_tools.records.patient import Finding
from build_tools.records.terms import From, Term
from build_tools.records.values import Block, Termed, Text, Value, said


class Stain(Termed):
    """The result of one immunohistochemical marker; one left out is neither negative nor untested."""

    main: ClassVar[str] = "result"

    result: Annotated[Term, From("stain_result")] = Field(
        title="Result", description="How the tumour stained."
    )
    percent: Value[Percent] | None = said("Share of cells", "Share of cells stained.")
    detail: Value[Text] | None = said("Detail", "What else the report says of it.")


class Mitoses(Block):
    """Mitotic activity as counted, or in the report's words."""

    count: Value[Tally] | None = said("Count", "Mitoses counted; a bound or a range stays one.")
    field: Value[Text] | None = said("Field", "The area counted, such as '10 high-power fields'.")
    activity: Value[Annotated[Term, From("mitotic_activity")]] | None = said(
        "Activity", "High, low or absent where the report gives no count."
    )


class Grade(Block):
    """The histological grade by a named system."""

    system: Annotated[Term, From("grading_system")] = Field(title="System", description="The grading system.")
    grade: Value[Annotated[Term, From("grade")]] | None = said("Grade", "The grade as printed.")
    differentiation: Value[int] | None = said("Differentiation score", "Score for differentiation.")
    mitosis: Value[int] | None = said("Mitosis score", "Score for mitoses.")
    necrosis: Value[int] | None = said("Necrosis score", "Score for necrosis.")


class Regression(Block):
    """How far the tumour had regressed under treatment before the operation, by a named system."""

    system: Annotated[Term, From("regression_system")] = Field(
        title="System", description="The system by which regression was graded."
    )
    grade: Value[Text] | None = said("Grade", "The grade as printed.")
    viable: Value[Percent] | None = said("Viable tumour", "Share of the tumour that was still alive.")


class Specimen(Block):
    """What the pathologist found in one specimen."""

    asked: ClassVar[bool] = True

    specimen: Annotated[Term, From("specimen")] = Field(title="Specimen", description="What was examined.")
    lesion: Value[Annotated[Term, From("lesion_role")]] | None = said(
        "Lesion examined",
        "Primary tumour, residual tumour, recurrence or metastasis, where the specimen does not tell.",
    )
    diagnosis: Value[Annotated[Term, From("diagnosis")]] | None = said(
        "Diagnosis", "The pathologist's diagnosis."
    )
    gross: Value[dict[Annotated[Term, From("gross_feature")], Value[Finding]]] | None = said(
        "Gross appearance", "What the specimen looked like to the naked eye."
    )
    morphology: Value[dict[Annotated[Term, From("morphology")], Value[Finding]]] | None = said(
        "Microscopy", "What was seen under the microscope."
    )
    atypia: Value[Annotated[Term, From("atypia")]] | None = said(
        "Atypia", "Nuclear or cellular atypia as the report grades it."
    )
    mitoses: Value[Mitoses] | None = said("Mitoses", "Mitotic activity.")
    necrosis: Value[Annotated[Term, From("necrosis")]] | None = said(
        "Necrosis", "How much tumour was dead; 'absent' when there was none."
    )
    grade: Value[Grade] | None = said("Grade", "Histological grade.")
    regression: Value[Regression] | None = said(
        "Tumour regression grade", "How far the tumour had regressed under treatment before the operation."
    )
    invasion: Value[dict[Annotated[Term, From("structure")], Value[Finding]]] | None = said(
        "Invasion", "Structures that the microscope showed to be invaded."
    )
    immunohistochemistry: Value[dict[Annotated[Term, From("marker")], Value[Stain]]] | None = said(
        "Immunohistochemistry",
        "Every marker that the report names, with its result; 'not_done' only where the report says that "
        "it was not tested. A marker left out is not reported.",
    )


class GeneticFinding(Block):
    """A genetic test of tumour or patient."""

    test: Annotated[Term, From("genetic_test")] = Field(title="Test", description="What was tested.")
    result: Value[Text] | None = said("Result", "What it showed.")
