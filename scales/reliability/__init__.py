"""How dependable a scale is: matrices of its items, and the coefficients taken from them."""
