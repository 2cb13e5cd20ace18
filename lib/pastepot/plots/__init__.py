"""Drawing tables: each plot takes a table and touches only the axes it is given."""
