"""Checks of what the SDK makes of a response."""

import inspect
from enum import Enum
from typing import get_args, get_origin

from pydantic import BaseModel


def equal(actual, expected, what: str = "value") -> None:
    """Fails with both values if they differ."""
    if actual != expected:
        raise AssertionError(f"{what}: {actual!r} instead of {expected!r}")


def that(holds, what: str) -> None:
    """Fails with a text."""
    if not holds:
        raise AssertionError(what)


def has_type(value, annotation, what: str) -> None:
    """Fails if a result is not what the method declares: a model, a list of models, or nothing."""
    if annotation is None or annotation is type(None):
        equal(value, None, what)
    elif get_origin(annotation) is list:
        that(isinstance(value, list), f"{what}: {type(value).__name__} instead of a list")
        for index, item in enumerate(value):
            has_type(item, get_args(annotation)[0], f"{what}[{index}]")
    elif inspect.isclass(annotation) and annotation is not bytearray:
        that(isinstance(value, annotation), f"{what}: {type(value).__name__} instead of {annotation.__name__}")


def arrived(value, sent, what: str) -> None:
    """Fails if a member that the server sent, and the model has, did not arrive in the model."""
    if isinstance(value, list) and isinstance(sent, list):
        equal(len(value), len(sent), f"length of {what}")
        for index, (item, raw) in enumerate(zip(value, sent)):
            arrived(item, raw, f"{what}[{index}]")
    elif isinstance(value, BaseModel) and "actual_instance" in type(value).model_fields:
        arrived(value.actual_instance, sent, what)
    elif isinstance(value, BaseModel) and isinstance(sent, dict):
        for name, field in type(value).model_fields.items():
            raw = sent.get(field.alias or name)
            if raw is not None and name != "additional_properties":
                attribute = getattr(value, name)
                that(attribute is not None, f"{what}.{field.alias or name} was {raw!r} and is lost")
                arrived(attribute, raw, f"{what}.{field.alias or name}")
    elif isinstance(sent, bool) or isinstance(value, Enum) or isinstance(value, str) and isinstance(sent, str):
        equal(value.value if isinstance(value, Enum) else value, sent, what)
