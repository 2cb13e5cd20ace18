"""The lessons: exercises, their checks, handouts and the static site; built on the library, not part of it."""

from classroom.exercises import check

__all__ = ["check"]
