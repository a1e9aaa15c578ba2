"""Compile one clinic's facts into a signed setup bundle for its オンライン資格確認 terminal."""

__version__ = "0.2.0"
