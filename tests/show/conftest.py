"""Every test of this room gets its tables by name and must leave matplotlib as it found it."""

import matplotlib as mpl
import pytest
from by_hand import Seen, build_passages, build_terms, build_tone
from matplotlib import pyplot as plt


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    plt.close("all")
    before = dict(mpl.rcParams)
    yield
    plt.close("all")
    assert dict(mpl.rcParams) == before


@pytest.fixture
def seen():
    return Seen


@pytest.fixture
def terms():
    return build_terms


@pytest.fixture
def tone():
    return build_tone


@pytest.fixture
def passages():
    return build_passages
