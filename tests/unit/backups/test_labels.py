import pytest

from vado.backups.labels import LONGEST_LABEL, check_label, tidy_label
from vado.errors import UsageError


@pytest.mark.parametrize("label", [None, "", "before the sale", "قبل البيع", "<img onerror=x>"])
def test_a_line_of_any_language_is_a_label(label):
    check_label(label)

    assert tidy_label(label) == (label or None)


@pytest.mark.parametrize(
    "label", ["a\nb", "\x1b[31mred", "a\0b", "\udcff", "\u202eesrever", "a\u2028b", "x" * 201]
)
def test_what_steers_a_screen_is_no_label_and_is_tidied_where_a_file_brings_it(label):
    with pytest.raises(UsageError):
        check_label(label)

    tidy = tidy_label(label)

    assert tidy is None or len(tidy) <= LONGEST_LABEL
    check_label(tidy)
