"""Is a bundle complete, untouched, and signed by whom? ``bundle.py`` is the table of contents."""
