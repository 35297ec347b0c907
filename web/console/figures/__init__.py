"""Results, data quality, comparisons: figures as pages."""
