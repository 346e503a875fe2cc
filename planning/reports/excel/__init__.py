"""A plan in Excel: real numbers under real formats, totals that can be traced, charts that can be edited."""
