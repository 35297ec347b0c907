"""What people think of a unit: mean scores, shares of answers, net promoter score."""
