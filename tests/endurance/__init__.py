"""Long runs: `python3 dev.py endurance NAME --count N --seed S`. Samples run with the tests."""
