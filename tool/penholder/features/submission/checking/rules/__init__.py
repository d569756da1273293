"""The checks of recipients' rules, one function each, by family. ``CHECKS`` of each module names them."""
