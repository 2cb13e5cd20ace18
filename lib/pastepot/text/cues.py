"""The words that tie what is said to who says it, read from cues.toml: their forms, classes and complements."""

import itertools
from typing import Final, NamedTuple

from pastepot import files

_DATA: Final = files.data("text/cues.toml")
IRREGULAR: Final[dict[str, list[str]]] = {verb: forms.split() for verb, forms in _DATA["irregular"].items()}
IMPLIES: Final[dict[str, str]] = {row["name"]: row["implies"] for row in _DATA["classes"]}
"""What the words of each class imply."""


class Cue(NamedTuple):
    """One form of a verb that attributes what its complement says.

    Attributes
    ----------
    verb
        Its base form.
    form
        ``base``, ``third`` person, ``past`` (also the past participle) or ``participle`` in -ing.
    classes
        What can be the statement, and what the verb then implies, one of `IMPLIES`: ``clause``, ``question``,
        ``infinitive``, ``object``, ``before`` (what stands before the verb), or the preposition that leads to it.
    """

    verb: str
    form: str
    classes: dict[str, str]

    @property
    def first_class(self) -> str:
        """What the verb implies beside a quotation."""
        return next(iter(self.classes.values()))


def inflect(verb: str) -> dict[str, str]:
    """Return the forms of an English verb, each with its kind.

    >>> inflect("deny")
    {'deny': 'base', 'denies': 'third', 'denied': 'past', 'denying': 'participle'}
    >>> list(inflect("admit")), list(inflect("say"))
    (['admit', 'admits', 'admitted', 'admitting'], ['say', 'says', 'said', 'saying'])
    """
    stem = verb.removesuffix("e")
    third = verb + ("es" if verb.endswith(("s", "x", "sh", "ch")) else "s")
    past, participle = [f"{stem}ed"], f"{stem}ing"
    if verb[-1] == "y" and verb[-2] not in "aeiou":
        third, past = f"{verb[:-1]}ies", [f"{verb[:-1]}ied"]
    if verb.endswith("ee"):
        participle = f"{verb}ing"
    if verb in IRREGULAR:
        *past, participle = IRREGULAR[verb]
    kinds = {verb: "base", third: "third", **dict.fromkeys(past, "past"), participle: "participle"}
    return {form: kind for form, kind in kinds.items() if kind != "past" or form != verb}


def _list_cues() -> dict[str, Cue]:
    """Return every form of every cue; a complement of two classes is of the first."""
    verbs: dict[str, dict[str, str]] = {}
    for row in _DATA["classes"]:
        for group in row["cues"]:
            for verb, complement in itertools.product(group["verbs"].split(), group["complements"].split()):
                verbs.setdefault(verb, {}).setdefault(complement, row["name"])
    return {form: Cue(verb, kind, classes) for verb, classes in verbs.items() for form, kind in inflect(verb).items()}


CUES: Final = _list_cues()
NOUNS: Final = {noun: row["name"] for row in _DATA["classes"] for noun in row.get("nouns", "").split()}
