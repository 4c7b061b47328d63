"""The same network as klein-graph.ts in PyTorch, with the same weights and inputs: how far the outputs agree, and how
long one step takes compiled, with PyTorch's fused attention.

    python3 bench/gpu/klein_torch.py FOLDER [--runs 10] [--device cuda]

FOLDER is where klein-step.ts left its weights, inputs and output.
"""

import argparse
import json
import pathlib
import statistics
import time

import numpy as np
import torch
import torch.nn.functional as F

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--runs", type=int, default=10)
parser.add_argument("--device", default="cuda")
args = parser.parse_args()

bench = json.loads((args.folder / "bench.json").read_text())
size, picture_tokens = bench["size"], bench["pictureTokens"]
heads, head_dim = size["heads"], size["headDim"]
width = heads * head_dim
mlp = size["mlpRatio"] * width
text_tokens = size["textTokens"]
dtype = torch.float16 if args.device == "cuda" else torch.float32

memory = np.memmap(args.folder / bench["weights"], dtype=np.float16, mode="r")
weights = {}
for entry in bench["tensors"]:
    start = entry["offset"] // 2
    values = np.array(memory[start : start + entry["bytes"] // 2]).reshape(entry["dims"])
    weights[entry["name"]] = torch.from_numpy(values).to(args.device, dtype)


def read(name, *dims):
    values = np.fromfile(args.folder / f"{name}.f32", dtype=np.float32).reshape(dims)
    return torch.from_numpy(values).to(args.device)


def linear(name, x):
    return x @ weights[name]


def normed(x):
    return F.layer_norm(x, (width,), eps=1e-6)


def modulated(x, m, i):
    return normed(x) * (1 + m[..., (i + 1) * width : (i + 2) * width]) + m[..., i * width : (i + 1) * width]


def gated(x, m, i, change):
    return x + m[..., i * width : (i + 1) * width] * change


def gated_unit(x):
    return F.silu(x[..., :mlp]) * x[..., mlp:]


def head_normed(x):
    return F.rms_norm(x.view(1, -1, heads, head_dim), (head_dim,), eps=1e-6)


def rotated(x, cos, sin):
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1).flatten(-2)


def attention(q, k, v, cos, sin):
    q, k = rotated(q, cos, sin), rotated(k, cos, sin)
    v = v.view(1, -1, heads, head_dim)
    seen = F.scaled_dot_product_attention(*(x.transpose(1, 2) for x in (q, k, v)))
    return seen.transpose(1, 2).reshape(1, -1, width)


def step(hidden, text, timestep, img_ids, txt_ids):
    ids = torch.cat((txt_ids, img_ids), dim=1)[0]
    axis = head_dim // 8
    rates = 2000.0 ** (-torch.arange(axis, device=hidden.device) / axis)
    angles = (ids[:, :, None] * rates).reshape(1, -1, 1, 4 * axis)
    cos, sin = angles.cos().to(dtype), angles.sin().to(dtype)
    frequencies = 1000 * 10_000.0 ** (-torch.arange(128, device=hidden.device) / 128)
    phase = timestep.view(1, 1, 1) * frequencies
    time_ = torch.cat((phase.cos(), phase.sin()), dim=2).to(dtype)
    time_ = F.silu(linear("time.out", F.silu(linear("time.in", time_))))
    mods = {name: linear(f"modulation.{name}", time_) for name in ("picture", "text", "single")}
    picture = linear("picture.in", hidden.to(dtype))
    words = linear("text.in", text.to(dtype))
    for block in range(size["doubleBlocks"]):
        streams = []
        for stream, x in (("text", words), ("picture", picture)):
            name, m = f"double.{block}.{stream}", mods[stream]
            shown = modulated(x, m, 0)
            q, k, v = (linear(f"{name}.{which}", shown) for which in "qkv")
            streams.append((name, x, m, head_normed(q), head_normed(k), v))
        q, k, v = (torch.cat([s[i] for s in streams], dim=1) for i in (3, 4, 5))
        seen = attention(q, k, v, cos, sin)
        made = []
        for (name, x, m, *_), own in zip(streams, seen.split((text_tokens, picture_tokens), dim=1)):
            x = gated(x, m, 2, linear(f"{name}.out", own))
            unit = gated_unit(linear(f"{name}.mlp.in", modulated(x, m, 3)))
            made.append(gated(x, m, 5, linear(f"{name}.mlp.out", unit)))
        words, picture = made
    both = torch.cat((words, picture), dim=1)
    for block in range(size["singleBlocks"]):
        shown = linear(f"single.{block}.in", modulated(both, mods["single"], 0))
        q, k, v, unit = shown.split((width, width, width, 2 * mlp), dim=2)
        seen = attention(head_normed(q), head_normed(k), v, cos, sin)
        out = linear(f"single.{block}.out", torch.cat((seen, gated_unit(unit)), dim=2))
        both = gated(both, mods["single"], 2, out)
    last = both[:, text_tokens:]
    scale, shift = linear("out.modulation", time_).split((width, width), dim=2)
    return linear("out", normed(last) * (1 + scale) + shift).float()


inputs = (
    read("hidden_states", 1, picture_tokens, size["channels"]),
    read("encoder_hidden_states", 1, text_tokens, size["textWidth"]),
    read("timestep", 1),
    read("img_ids", 1, picture_tokens, 4),
    read("txt_ids", 1, text_tokens, 4),
)
expected = read("noise_pred", 1, picture_tokens, size["channels"])


def timed(run):
    times = []
    for index in range(args.runs + 2):
        if args.device == "cuda":
            torch.cuda.synchronize()
        began = time.perf_counter()
        run(*inputs)
        if args.device == "cuda":
            torch.cuda.synchronize()
        if index >= 2:
            times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


with torch.inference_mode():
    made = step(*inputs)
    error = ((made - expected).norm() / made.norm()).item()
    print(f"relative difference of the outputs: {error:.2e} (finite: {bool(torch.isfinite(made).all())})")
    name = torch.cuda.get_device_name() if args.device == "cuda" else "cpu"
    eager = timed(step)
    print(f"PyTorch {torch.__version__} on {name}, {dtype}, eager: {eager:.1f} ms a step")
    if args.device == "cuda":
        compiled = timed(torch.compile(step))
        onnx = statistics.median(bench["milliseconds"])
        print(f"PyTorch {torch.__version__} on {name}, {dtype}, compiled: {compiled:.1f} ms a step")
        print(f"onnxruntime / PyTorch compiled: {onnx / compiled:.1f}")
