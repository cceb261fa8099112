"""Write the code points that the post-rules need as Python and the emoji package see them.

    pip install emoji==2.16.0
    python bench/make_emoji.py src/main/resources/io/trustpipeline/score

emoji.txt: code points that are an emoji by themselves (`emoji.is_emoji`); flags and keycaps are
sequences, their parts are not here. word.txt: what `\\w` matches in a Python string. Run it with CPython 3.11
(Unicode 14), the version that the reference results were made with.
"""

import re
import sys
import unicodedata
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import emoji


def ranges(accepts: Callable[[str], object]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for point in range(sys.maxunicode + 1):
        if accepts(chr(point)):
            if found and found[-1][1] == point - 1:
                found[-1] = (found[-1][0], point)
            else:
                found.append((point, point))
    return found


def write(path: Path, source: str, found: list[tuple[int, int]]) -> None:
    lines = [f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in found]
    path.write_text(f"# {source}; made by bench/make_emoji.py\n" + "\n".join(lines) + "\n", "ascii")


def main() -> None:
    folder = Path(sys.argv[1])
    unicode_version = f"Unicode {unicodedata.unidata_version}"
    write(folder / "emoji.txt", f"PyPI emoji {version('emoji')}: is_emoji", ranges(emoji.is_emoji))
    write(folder / "word.txt", f"Python \\w, {unicode_version}", ranges(re.compile(r"\w").match))


if __name__ == "__main__":
    main()
