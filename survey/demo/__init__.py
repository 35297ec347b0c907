"""A demo evaluation: invented units, simulated answers, marked as such everywhere."""

from survey.demo.make import Demo, make_demo

__all__ = ["Demo", "make_demo"]
