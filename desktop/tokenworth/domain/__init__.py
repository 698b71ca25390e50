"""The words of the house: plain frozen values, no files, no clock, no database."""
