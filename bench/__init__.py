"""Benchmarks: what a request costs in AWS calls, and how long a function takes to start."""
