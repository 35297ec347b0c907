"""Answer sheets: filled on a page, on paper or elsewhere; what is kept of them."""
