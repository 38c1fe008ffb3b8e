"""What runs in child processes only: each file here decodes one family of hostile files.

Each has a function `run(line, **arguments)` that reads the file from standard input, tells its
answers on the line, and raises `child.Stop` with the name of a refusal.
"""
