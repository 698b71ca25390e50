"""Words and tables for paper and terminal; pure: values in, text out."""
