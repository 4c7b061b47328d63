"""Records what the samplers of FLUX must give, beside what diffusers itself gave (fixtures/golden.json).

An implementation of its own, in numpy, of the formulas in the pipelines of huggingface/diffusers
(pipelines/flux/pipeline_flux.py, pipeline_flux_img2img.py, pipeline_flux_kontext.py,
pipelines/flux2/pipeline_flux2_klein.py, image_processor.py, schedulers/scheduling_flow_match_euler_discrete.py), with the
analytic velocity field that fixtures/golden.json was made with. `check` proves it against that file first.

    pip install numpy==2.4.6
    python record.py fixtures/golden.json > fixtures/more-golden.json
    python record.py fixtures/golden.json 40 7 > random.json    # 40 random cases, of seed 7
"""

import json
import math
import random
import sys

import numpy as np

F = np.float32
W = np.array([0.05, 0.02, 0.03, 0.04])
WT = np.array([0.05, 0.02, 0.03, 0.0004])
SCALE, SHIFT = 0.3611, 0.1159


def sines(channels, height, width):
    c, y, x = np.ogrid[:channels, :height, :width]
    return (1.2 * np.sin(0.7 * c + 0.31 * y + 0.17 * x + 0.5)).astype(F)


def photo(width, height):
    y, x = np.mgrid[:height, :width]
    return np.stack([(3 * x + y) % 256, (x + 2 * y) % 256, (x * y) % 256])


def encode(pixels, channels):
    """The stand-in autoencoder: [3, H, W] of 0..255 to [channels, H/8, W/8]."""
    _, height, width = pixels.shape
    x = pixels / 255 * 2 - 1
    means = x.reshape(3, height // 8, 8, width // 8, 8).mean(axis=(2, 4))
    return np.stack([means[c % 3] * (0.5 + 0.05 * c) for c in range(channels)]).astype(F)


def pack1(z):
    c, h, w = z.shape
    return z.reshape(c, h // 2, 2, w // 2, 2).transpose(1, 3, 0, 2, 4).reshape(h * w // 4, 4 * c)


def unpack1(tokens, h, w):
    return tokens.reshape(h // 2, w // 2, -1, 2, 2).transpose(2, 0, 3, 1, 4).reshape(-1, h, w)


def patchify(z):
    c, h, w = z.shape
    return z.reshape(c, h // 2, 2, w // 2, 2).transpose(0, 2, 4, 1, 3).reshape(4 * c, h // 2, w // 2)


def unpatchify(z):
    c, h, w = z.shape
    return z.reshape(c // 4, 2, 2, h, w).transpose(0, 3, 1, 4, 2).reshape(c // 4, 2 * h, 2 * w)


K = np.arange(128).reshape(-1, 1, 1)
BN_MEAN = (0.01 * K).astype(F)
BN_STD = np.sqrt((1 + 0.02 * K).astype(F) + F(1e-4)).astype(F)


def grid_ids(time, height, width, axes):
    t, y, x = np.meshgrid([time], np.arange(height), np.arange(width), indexing="ij")
    ids = np.stack([t, y, x] + ([np.zeros_like(t)] if axes == 4 else []), axis=-1)
    return ids.reshape(-1, axes).astype(F)


def sigmas_of(steps, mu):
    s = np.linspace(1.0, 1 / steps, steps).astype(F).astype(np.float64)
    if mu is not None:
        s = math.exp(mu) / (math.exp(mu) + (1 / s - 1))
    return np.append(s, 0).astype(F)


def mu1(seq):
    m = (1.15 - 0.5) / (4096 - 256)
    return seq * m + 0.5 - m * 256


def mu2(seq, steps):
    high = 0.00016927 * seq + 0.45666666
    if seq > 4300:
        return high
    low = 8.73809524e-05 * seq + 1.89833333
    a = (high - low) / 190.0
    return a * steps + high - 200.0 * a


def digest(values):
    flat = values.astype(np.float64).ravel()
    n = flat.size
    at = [(7919 * i + 13) % n for i in range(48)]
    return {
        "shape": [1, *values.shape],
        "mean": flat.mean(),
        "std": flat.std(),
        "abs_sum": np.abs(flat).sum(),
        "first": flat[:16].tolist(),
        "samples": [[i, flat[i]] for i in at],
    }


def embedding_mean(words, width):
    l, d = np.ogrid[:words, :width]
    return np.sin(0.1 * l + 0.01 * d + 0.2).astype(F).astype(np.float64).mean()


def run(case):
    klein = case["family"] == "flux2"
    axes = 4 if klein else 3
    width, height, steps, words = case["width"], case["height"], case["steps"], case["text_tokens"]
    kontext = case["pipeline"] == "FluxKontextPipeline"
    if kontext:
        aspect = width / height
        width, height = round((1024**2 * aspect) ** 0.5), round((1024**2 / aspect) ** 0.5)
    rows, columns = height // 16, width // 16
    seq = rows * columns
    references, start = [], None
    if klein:
        latents = sines(128, rows, columns).reshape(128, -1).T.copy()
        ids = [grid_ids(0, rows, columns, 4)]
        for i, (w, h) in enumerate(case["photos"]):
            if w * h > 1024 * 1024:
                raise SystemExit("Photos over a megapixel are resampled by PIL: not here.")
            across, down = w // 16 * 16, h // 16 * 16
            left, top = (w - across) // 2, (h - down) // 2
            pixels = photo(w, h)[:, top : top + down, left : left + across]
            z = (patchify(encode(pixels, 32)) - BN_MEAN) / BN_STD
            references.append(z.reshape(128, -1).T)
            ids.append(grid_ids(10 + 10 * i, down // 16, across // 16, 4))
        mu = mu2(seq, steps)
        tid = np.stack([np.zeros(words)] * 3 + [np.arange(words)], axis=-1)
    else:
        noise = sines(16, 2 * rows, 2 * columns)
        latents = pack1(noise)
        ids = [grid_ids(0, rows, columns, 3)]
        mu = None if case["variant"] == "schnell" else mu1(seq)
        tid = np.zeros((words, 3))
        if "photo" in case:
            w, h = case["photo"]
            z = ((encode(photo(w, h), 16) - F(SHIFT)) * F(SCALE)).astype(F)
            if kontext:
                references.append(pack1(z))
                ids.append(grid_ids(1, h // 16, w // 16, 3))
            else:
                start = (noise, z)
    sigmas = sigmas_of(steps, mu)
    first = 0
    if start is not None:
        first = int(max(steps - min(steps * case["strength"], steps), 0))
        s = sigmas[first]
        latents = pack1(s * start[0] + (F(1) - s) * start[1])
    guidance = case.get("guidance") if not klein and case["variant"] != "schnell" else None
    e = embedding_mean(words, 7680 if klein else 4096)
    p = 0 if klein else np.cos(0.05 * np.arange(768)).astype(F).astype(np.float64).mean()
    ids = np.concatenate(ids)
    calls = []
    for step in range(first, steps):
        t = sigmas[step]
        h = np.concatenate([latents, *references]).astype(F)
        calls.append(
            {
                "timestep": float(t),
                "seq": len(h),
                "guidance": guidance,
                "txt_seq": words,
                "img_ids_last": ids[-1].tolist(),
                "txt_ids_last": tid[-1].tolist(),
            }
        )
        hd, td = h.astype(np.float64), float(t)
        shared = 0.1 * e + 0.05 * hd.mean() + 0.01 * (tid @ WT[:axes]).mean() + 0.05 * p + 0.02 * (guidance or 0)
        v = (0.7 + 0.2 * td) * hd + 0.3 * np.sin(3 * td + ids @ W[:axes])[:, None] + shared
        latents = (latents + (sigmas[step + 1] - t) * v[:seq].astype(F)).astype(F)
    if klein:
        z = unpatchify(latents.T.reshape(128, rows, columns) * BN_STD + BN_MEAN)
        made = {"vae_decoder_input": digest(z)}
    else:
        z = unpack1(latents, 2 * rows, 2 * columns) / F(SCALE) + F(SHIFT)
        made = {"packed_latents": digest(latents), "vae_decoder_input": digest(z)}
    return {**case, "sigmas": sigmas.astype(float).tolist(), "calls": calls, **made}


def expect_near(found, wanted, tolerance, where):
    if isinstance(wanted, dict):
        for key in wanted:
            expect_near(found[key], wanted[key], tolerance, f"{where}.{key}")
    elif isinstance(wanted, list):
        if len(found) != len(wanted):
            raise SystemExit(f"{where}: {len(found)} values, not {len(wanted)}")
        for i, each in enumerate(wanted):
            expect_near(found[i], each, tolerance, f"{where}[{i}]")
    elif isinstance(wanted, (int, float)) and abs(found - wanted) > tolerance * max(1, abs(wanted)):
        raise SystemExit(f"{where}: {found}, not {wanted}")


def check(path):
    for case in json.load(open(path))["cases"]:
        asked = {k: v for k, v in case.items() if k not in ("sigmas", "calls", "packed_latents", "vae_decoder_input")}
        found = run(asked)
        expect_near(found["sigmas"], case["sigmas"], 1e-6, "sigmas")
        expect_near(found["calls"], case["calls"], 1e-6, "calls")
        for name in ("packed_latents", "vae_decoder_input"):
            if name in case:
                expect_near(found[name], case[name], 1e-4, name)


def flux1(variant, width, height, steps, guidance, pipeline="FluxPipeline", words=8, **more):
    return {
        "family": "flux1", "variant": variant, "pipeline": pipeline, "width": width, "height": height,
        "steps": steps, "guidance": guidance, "text_tokens": words, **more,
    }  # fmt: skip


def klein(width, height, steps, photos=(), words=8):
    return {
        "family": "flux2", "variant": "klein", "pipeline": "Flux2KleinPipeline", "width": width, "height": height,
        "steps": steps, "text_tokens": words, "photos": [list(each) for each in photos],
    }  # fmt: skip


IMG2IMG, KONTEXT = "FluxImg2ImgPipeline", "FluxKontextPipeline"
CHOSEN = [
    flux1("schnell", 250, 190, 1, 0.0, words=5),
    flux1("schnell", 208, 336, 3, 0.0, IMG2IMG, strength=0.5, photo=[208, 336]),
    flux1("dev", 464, 176, 5, 1.0, words=31),
    flux1("dev", 1536, 1360, 2, 3.5),
    flux1("dev", 192, 320, 7, 3.5, IMG2IMG, strength=0.3, photo=[192, 320]),
    flux1("dev", 320, 192, 28, 5.5, IMG2IMG, strength=0.95, photo=[320, 192]),
    flux1("dev", 64, 64, 3, 2.5, IMG2IMG, strength=1.0, photo=[64, 64]),
    flux1("dev", 1248, 832, 3, 2.5, KONTEXT, photo=[832, 1248]),
    flux1("dev", 600, 800, 2, 4.0, KONTEXT, photo=[1568, 672]),
    klein(208, 336, 1),
    klein(800, 1376, 2),  # 4300 tokens, the last on the slanted line
    klein(1152, 960, 4, [(64, 64)]),  # 4320 tokens, beyond it
    klein(336, 208, 10, [(250, 330), (96, 64), (143, 65), (256, 256)], words=33),
    klein(144, 592, 50, [(592, 144), (80, 400), (64, 64)]),
]


def chance(r):
    edge = lambda most: 16 * r.randint(4, most)  # noqa: E731
    width, height, words = edge(40), edge(40), r.choice([1, 8, 77])
    kind = r.choice(["schnell", "dev", "img2img", "kontext", "klein", "klein"])
    if kind == "klein":
        photos = [(r.randint(64, 500), r.randint(64, 500)) for _ in range(r.randint(0, 4))]
        return klein(width, height, r.choice([1, 2, 4, 8, 20]), photos, words)
    if kind == "kontext":
        size = r.choice([(672, 1568), (752, 1392), (1184, 880), (1104, 944), (1504, 688)])
        return flux1("dev", width, height, r.randint(1, 4), 2.5, KONTEXT, words, photo=list(size))
    guidance = r.choice([1.0, 2.5, 3.5, 10.0])
    if kind == "img2img":
        variant, strength, steps = r.choice(["dev", "schnell"]), r.choice([0.35, 0.6, 0.75, 0.9]), r.randint(4, 12)
        return flux1(variant, width, height, steps, guidance, IMG2IMG, words, strength=strength, photo=[width, height])
    return flux1(kind, width + r.randint(0, 15), height + r.randint(0, 15), r.randint(1, 9), guidance, words=words)


def main():
    check(sys.argv[1])
    cases = CHOSEN
    if len(sys.argv) > 2:
        r = random.Random(int(sys.argv[3]))
        cases = [chance(r) for _ in range(int(sys.argv[2]))]
    source = "scripts/models/flux-golden/record.py, numpy, after the pipelines of huggingface/diffusers"
    json.dump({"source": source, "cases": [run(case) for case in cases]}, sys.stdout, indent=1)
    print()


main()
