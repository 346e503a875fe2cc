"""Imported once by the process that all others of a batch are forked from: what they need is loaded here already."""

import gc

from planning.reports.style import picture

# The first picture finds the fonts.
picture("Warm", "", 1, 1).png()
gc.freeze()
