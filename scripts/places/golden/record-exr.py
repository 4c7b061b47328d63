"""Records the OpenEXR files that src/inference/backdrop/open-exr.test.ts reads, with the format's own library.

    pip install openexr==3.5.3 numpy
    python scripts/places/golden/record-exr.py > src/inference/backdrop/fixtures/open-exr.json

Every file shows the same picture, WIDTH x HEIGHT: see `picture`. A lamp of 3000, 2500, 2000 stands at column 5, row 3.
"""

import base64
import json
import os
import tempfile

import numpy as np
import OpenEXR

WIDTH, HEIGHT = 24, 12
COMPRESSIONS = {
    "none": OpenEXR.NO_COMPRESSION,
    "rle": OpenEXR.RLE_COMPRESSION,
    "zips": OpenEXR.ZIPS_COMPRESSION,
    "zip": OpenEXR.ZIP_COMPRESSION,
    "piz": OpenEXR.PIZ_COMPRESSION,
    "pxr24": OpenEXR.PXR24_COMPRESSION,
    "b44": OpenEXR.B44_COMPRESSION,
    "dwaa": OpenEXR.DWAA_COMPRESSION,
    "dwab": OpenEXR.DWAB_COMPRESSION,
}
# ITU-R BT.2020-2, table 3.
REC2020 = (0.708, 0.292, 0.17, 0.797, 0.131, 0.046, 0.3127, 0.329)


def picture(dtype):
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    rgb = np.stack([0.05 + x / WIDTH, 0.1 + y / HEIGHT, 0.02 + (x + y) / (WIDTH + HEIGHT)], axis=-1)
    rgb[3, 5] = (3000, 2500, 2000)
    return rgb.astype(dtype)


def file_of(header, channels):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "picture.exr")
        with OpenEXR.File(header, channels) as file:
            file.write(path)
        with open(path, "rb") as stream:
            return base64.b64encode(stream.read()).decode("ascii")


def scanlines(compression, **more):
    return {"compression": COMPRESSIONS[compression], "type": OpenEXR.scanlineimage, **more}


files = {}
for name in COMPRESSIONS:
    files[f"{name}-half"] = file_of(scanlines(name), {"RGB": picture(np.float16)})
    if name in ("none", "zip", "piz", "dwaa"):
        files[f"{name}-float"] = file_of(scanlines(name), {"RGB": picture(np.float32)})
files["zip-rec2020"] = file_of(scanlines("zip", chromaticities=REC2020), {"RGB": picture(np.float16)})
tiles = OpenEXR.TileDescription()
tiles.xSize = tiles.ySize = 16
files["zip-tiles"] = file_of(
    {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.tiledimage, "tiles": tiles},
    {"RGB": picture(np.float16)},
)
files["zip-alpha"] = file_of(
    scanlines("zip"),
    {"RGBA": np.concatenate([picture(np.float16), np.ones((HEIGHT, WIDTH, 1), np.float16)], axis=-1)},
)
odd = picture(np.float32)
odd[0, 0] = (np.nan, -1, np.inf)
files["zip-odd"] = file_of(scanlines("zip"), {"RGB": odd})
print(json.dumps({"writer": f"OpenEXR {OpenEXR.__version__}", "width": WIDTH, "height": HEIGHT, "files": files}, indent=2))
