"""Generators of the instances that the benchmarks run on."""
