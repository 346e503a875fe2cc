"""What a committee asks of a plan, answered with numbers that were solved for."""
