"""The shape of a record: which model stands at a place, whatever is wrapped around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """The models that an annotation mentions, from the outside in."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


def is_mapping(annotation: Any) -> bool:
    """Whether an annotation is a mapping from terms, in whatever it is wrapped."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "claims" in annotation.model_fields and is_mapping(annotation.model_fields["value"].annotation)
    return get_origin(annotation) is dict or any(is_mapping(part) for part in get_args(annotation))


def model_at(model: type[BaseModel], location: Sequence[int | str]) -> type[BaseModel] | None:
    """The model that stands at a location as pydantic gives it: field names, indices, keys of mappings."""
    here: Any = model
    for step in location:
        if isinstance(here, type) and issubclass(here, BaseModel):
            if step not in here.model_fields:
                return None
            here = here.model_fields[str(step)].annotation
        else:
            here = _inside(here)
            if here is None:
                return None
        here = _unwrapped(here)
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def title_at(model: type[BaseModel], names: Sequence[str]) -> str | None:
    """The title of a field named without indices (`surgeries.blood_loss`), or None if there is none.

    Behind a mapping from terms, the next name is a term: `surgeries.organs.liver` is titled `Organs: liver`.
    """
    here: type[BaseModel] | None = model
    title, mapping = None, False
    for name in names:
        if mapping:
            title, mapping = f"{title}: {name.replace('_', ' ')}", False
            continue
        if here is None or name not in here.model_fields:
            return None
        info = here.model_fields[name]
        title, mapping = info.title, is_mapping(info.annotation)
        inner = [m for m in models_in(info.annotation) if "claims" not in m.model_fields]
        wrapped = [w for m in models_in(info.annotation) for w in inner_models(m)]
        here = next(iter([*inner, *wrapped]), None)
    return title


def inner_models(value: type[BaseModel]) -> list[type[BaseModel]]:
    """The models that a value of a field may hold."""
    if "claims" not in value.model_fields:
        return [value]
    return [m for v in models_in(value.model_fields["value"].annotation) for m in inner_models(v)]


def _unwrapped(annotation: Any) -> Any:
    """An annotation without `Optional` and `Annotated` around it."""
    if isinstance(annotation, type):
        return annotation
    if hasattr(annotation, "__metadata__"):
        return _unwrapped(get_args(annotation)[0])
    if get_origin(annotation) in (tuple, dict):
        return annotation
    parts = [part for part in get_args(annotation) if part is not type(None)]
    return _unwrapped(parts[0]) if len(parts) == 1 else annotation


def _inside(annotation: Any) -> Any:
    """What a tuple or a mapping holds."""
    if get_origin(annotation) is tuple:
        return get_args(annotation)[0]
    if get_origin(annotation) is dict:
        return get_args(annotation)[1]
    return None
