"""The papers before a meeting: a summons for each, a sheet for each agency."""
