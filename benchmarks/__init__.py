"""Scripts that measure; `python -m benchmarks` runs all, `python -m benchmarks load` one."""
