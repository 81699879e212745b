"""One process that reads a file with one tool: `measure.py TOOL FILE CALLS GRIDS` prints times and peak memory."""

import json
import re
import resource
import sys
import time
from pathlib import Path

from readers import OURS, PEERS


def peak_megabytes() -> float:
    """The most memory this process, or the largest program that it started, ever held."""
    status = Path("/proc/self/status")
    # ru_maxrss also counts what the parent held before exec; where Linux tells the process's own mark, take that.
    own = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    mine = int(own[1]) if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return max(mine, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def main() -> None:
    """Call the tool once, then CALLS times more; keep the grids of the first call."""
    tool, file, calls, grids = sys.argv[1:]
    reader = {**OURS, **PEERS}[tool]
    try:
        found = reader(Path(file))
    except (ImportError, FileNotFoundError) as trouble:
        print(json.dumps({"missing": str(trouble)}))
        return
    peak = peak_megabytes()
    warm = []
    for _ in range(int(calls)):
        start = time.perf_counter()
        reader(Path(file))
        warm.append(time.perf_counter() - start)
    if grids != "-":
        Path(grids).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    print(json.dumps({"warm": warm, "peak": peak}))


if __name__ == "__main__":
    main()
