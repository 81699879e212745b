"""`python -m taizhang`, for machines where the command is not on the path."""

from taizhang.cli import main

main(prog_name="taizhang")
