"""Compiled pieces that several engines share; numba compiles them once for all."""
