"""Pack a saved spaCy pipeline into a tar.gz that is the same byte for byte every time.

    python bench/pack_models.py MODEL_DIR OUT.tar.gz --folder model-best
"""

import argparse
import gzip
import io
import tarfile
from pathlib import Path


def pack(model: Path, archive: Path, folder: str) -> int:
    """Writes the files of `model` under `folder/`, sorted, without times or owners; returns the size."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        tar.addfile(entry(folder, tarfile.DIRTYPE))
        for path in sorted(model.rglob("*")):
            name = f"{folder}/{path.relative_to(model).as_posix()}"
            if path.is_dir():
                tar.addfile(entry(name, tarfile.DIRTYPE))
            else:
                data = path.read_bytes()
                tar.addfile(entry(name, tarfile.REGTYPE, len(data)), io.BytesIO(data))
    archive.parent.mkdir(parents=True, exist_ok=True)
    archive.write_bytes(gzip.compress(buffer.getvalue(), compresslevel=9, mtime=0))
    return archive.stat().st_size


def entry(name: str, kind: bytes, size: int = 0) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = kind
    info.size = size
    info.mode = 0o755 if kind == tarfile.DIRTYPE else 0o644
    return info


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--folder", default="model-best", help="top folder inside the archive")
    args = parser.parse_args()
    print(args.archive.name, pack(args.model, args.archive, args.folder), "bytes")


if __name__ == "__main__":
    main()
