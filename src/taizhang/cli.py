"""taizhang read · check · rule: the command line."""

from __future__ import annotations

import click


@click.group()
def main() -> None:
    """台账：读、查绩效报告。"""
