"""Words that the generator itself understands; the vocabularies of every casebook must hold them."""

from __future__ import annotations

UNDERSTOOD: dict[str, tuple[str, ...]] = {
    "event": (
        "surgery",
        "diagnosis",
        "therapy_start",
        "therapy_stop",
        "discharge",
        "imaging",
        "residual_tumour",
        "progression",
        "local_recurrence",
        "metastasis",
        "relapse_unspecified",
        "complication",
        "symptom_resolved",
        "lost_to_follow_up",
        "last_contact",
        "death",
    ),
    "vital_status": ("alive", "dead"),
    "disease_status": ("none", "present"),
    "cause_of_death": ("disease", "treatment", "other"),
    "lesion_role": ("primary", "residual", "recurrence", "metastasis"),
    "organ_fate": ("removed", "preserved"),
    "certainty": ("probable", "possible"),
    "margin": ("negative",),
    "completeness": ("as_far_as_possible", "incomplete"),
    "sex": ("female", "male"),
    "size_method": ("specimen",),
    "size_timing": ("before_treatment",),
    "specimen": ("recurrence", "metastasis"),
    "treatment_status": ("given", "completed", "stopped", "ongoing"),
    "node_status": ("positive", "negative"),
}
"""Vocabulary -> terms that a rule, a derived value or a chart asks for by name."""
