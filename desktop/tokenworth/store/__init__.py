"""The only room that knows the database: one SQLCipher file, its tables, writes and questions.

Nothing of SQLite or SQLModel leaves it: what comes out are values of ``domain``.
"""
