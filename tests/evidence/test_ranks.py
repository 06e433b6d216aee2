import numpy as np
import pytest
from scipy import stats

from dlqa.evidence.ranks import rank_correlation


def test_each_row_equals_scipys_coefficient_with_ties():
    generator = np.random.default_rng(0)
    rows = generator.integers(0, 4, (20, 7)).astype(float)
    depth = np.arange(7.0)
    expected = [stats.spearmanr(row, depth).statistic for row in rows]
    np.testing.assert_allclose(rank_correlation(rows, depth), expected, atol=1e-12)


def test_equal_values_have_no_order():
    assert np.isnan(rank_correlation([1.0, 1.0, 1.0], [1.0, 2.0, 3.0]))


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [([1.0, 2.0], [1.0, 2.0, 3.0], "one length"), ([1.0, np.nan], [1.0, 2.0], "finite")],
)
def test_rows_that_cannot_be_ranked_are_refused(first, second, message):
    with pytest.raises(ValueError, match=message):
        rank_correlation(first, second)
