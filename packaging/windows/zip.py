"""zip.py FOLDER ZIP: packs a folder, with names as Explorer reads them and the same bytes each time."""

import os
import sys
import zipfile

folder, target = sys.argv[1:]
base = os.path.dirname(os.path.abspath(folder))
names = []
for here, folders, files in os.walk(folder):
    folders.sort()
    names += [os.path.join(here, name) for name in sorted(files)]
with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
    for path in names:
        # Names beyond ASCII are marked as UTF-8 by the module.
        name = os.path.relpath(os.path.abspath(path), base).replace(os.sep, "/")
        entry = zipfile.ZipInfo(name, date_time=(2024, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        with open(path, "rb") as source:
            package.writestr(entry, source.read())
