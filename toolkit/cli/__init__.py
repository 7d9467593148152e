"""The command line: one file a command. Nothing else in the toolkit prints or exits."""
