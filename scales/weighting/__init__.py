"""Weights: for people, for audiences, and so that a sample looks like the population."""
