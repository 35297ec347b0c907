"""From sheets to cells, scores, indicator values and totals."""
