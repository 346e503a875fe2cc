"""A rehearsal draws whatever there is to draw, of cases with projects and without."""

import pytest

from planning.batch.rehearsal import rehearse
from planning.errors import InputError
from planning.reports import lettering


@pytest.mark.parametrize("folder", ["toy_folder", "toy_projects_folder"])
def test_texts_are_set_beforehand(folder, request):
    lettering._set.cache_clear()
    rehearse(request.getfixturevalue(folder) / "base.yaml", "vi")
    assert lettering._set.cache_info().currsize > 20


def test_a_scenario_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(InputError):
        rehearse(tmp_path / "none.yaml", "vi")
