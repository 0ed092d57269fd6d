"""The only place that knows SQLAlchemy, alembic and SQLCipher."""
