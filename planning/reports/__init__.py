"""What a planner and a committee read: tables and charts."""
