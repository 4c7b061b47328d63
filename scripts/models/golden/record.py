"""Runs the TensorFlow Lite files as they come, in Google's own runtime, and records what they answer.

    python3 -m venv venv && venv/bin/pip install ai-edge-litert==2.3.0 numpy
    venv/bin/python scripts/models/golden/record.py > scripts/models/golden/tflite.json

The pictures are those of patterns.ts. Of each output about SAMPLES values are kept, evenly spread.
"""

import json
import sys
from math import gcd
from pathlib import Path

import ai_edge_litert
import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType

PACKAGES = Path(__file__).resolve().parents[3] / "node_modules"
CATALOGUE = Path(__file__).resolve().parents[1] / "catalogue.json"
SAMPLES = 192

# What each network expects of a byte.
SCALES = {
    "face-detection": "signed",
    "face-landmarks": "unit",
    "person-parsing": "signed",
}


def pattern(name, height, width, channels):
    index = np.arange(height * width * channels, dtype=np.int64).reshape(height, width, channels)
    y, x, channel = np.indices((height, width, channels))
    if name == "noise":
        return (index * 7919 + (index >> 7) * 104729) % 256
    return np.abs((x * 5 + y * 3 + channel * 64) % 510 - 255)


def scaled(levels, scale):
    values = levels / 127.5 - 1 if scale == "signed" else levels / 255
    return values.astype(np.float32)


def samples(output):
    flat = output.ravel()
    step = max(1, flat.size // SAMPLES)
    # Prime to the size, so that every channel has its turn.
    while gcd(step, flat.size) != 1:
        step += 1
    return {
        "shape": list(output.shape),
        "step": step,
        "values": [float(f"{value:.7g}") for value in flat[::step][:SAMPLES]],
    }


def record(model):
    file = model["files"][0]
    content = (PACKAGES / model["package"]["name"] / file["path"]).read_bytes()
    start, end = file.get("range", (0, len(content)))
    # The reference kernels, not the XNNPACK delegate: slow, and plainly what the operators mean.
    interpreter = Interpreter(
        model_content=content[start:end],
        experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
    )
    interpreter.allocate_tensors()
    entry, outputs = interpreter.get_input_details()[0], interpreter.get_output_details()
    for name in ("noise", "waves"):
        scale = SCALES[model["id"]]
        interpreter.set_tensor(entry["index"], scaled(pattern(name, *entry["shape"][1:]), scale)[None])
        interpreter.invoke()
        yield {
            "model": model["id"],
            "pattern": name,
            "scale": scale,
            "inputShape": [int(size) for size in entry["shape"]],
            "outputs": {
                tensor: samples(interpreter.get_tensor(details["index"]))
                for tensor, details in zip(model["outputs"], outputs, strict=True)
            },
        }


def main():
    catalogue = json.loads(CATALOGUE.read_text())
    cases = [case for model in catalogue if model["conversion"]["format"] == "tflite" for case in record(model)]
    json.dump({"runtime": f"ai-edge-litert {ai_edge_litert.__version__}", "cases": cases}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
