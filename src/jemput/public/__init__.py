"""The village's pages: a process of its own with a small database of its own, which never opens the office's."""
