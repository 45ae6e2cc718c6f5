"""The dense twin of `datasets` on Fashion-MNIST with recommended settings, in PyTorch.

An independent answer to "what does the dense network reach?": none of this library's code, several seeds at once on one
GPU (their weights are stacked, and each seed shuffles for itself). Settings as in Definitions/TrainingSettings.cs.

    python3 dense_twin.py FOLDER [--seeds 10] [--epochs 500] > dense-twin.csv

FOLDER holds the four files of Fashion-MNIST, packed or not. Written: a line an epoch, test accuracy of each seed.
"""

import argparse
import gzip
import pathlib
import sys

import torch

HIDDEN, CLASSES, BATCH = [1000, 1000, 1000], 10, 100
RATE, MOMENTUM, DROPOUT, DEVIATION = 0.01, 0.9, 0.3, 0.05


def read(folder, name, offset, shape):
    path = next(pathlib.Path(folder).glob(name + "*"))
    data = gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()
    return torch.frombuffer(bytearray(data[offset:]), dtype=torch.uint8).reshape(shape)


def layers(x, weights, biases, training):
    """x: [seed, sample, feature]; logits of all seeds."""
    for i, (weight, bias) in enumerate(zip(weights, biases)):
        x = torch.baddbmm(bias, x, weight)
        if i < len(HIDDEN):
            x = torch.dropout(torch.relu(x), DROPOUT, training)
    return x


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--epochs", type=int, default=500)
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(1)

    x, test_x = (read(options.folder, f"{part}-images-idx3-ubyte", 16, (-1, 784)).float() for part in ("train", "t10k"))
    y, test_y = (read(options.folder, f"{part}-labels-idx1-ubyte", 8, (-1,)).long().to(device) for part in ("train", "t10k"))
    mean, deviation = x.double().mean(0), x.double().std(0, unbiased=False)
    scale = torch.where(deviation > 0, 1 / deviation, torch.zeros_like(deviation))
    x, test_x = (((part.double() - mean) * scale).float().to(device) for part in (x, test_x))

    widths = [x.shape[1], *HIDDEN, CLASSES]
    seeds = options.seeds
    weights = [(torch.randn(seeds, a, b, device=device) * DEVIATION).requires_grad_() for a, b in zip(widths, widths[1:])]
    biases = [torch.zeros(seeds, 1, b, device=device, requires_grad=True) for b in widths[1:]]
    optimizer = torch.optim.SGD(weights + biases, lr=RATE, momentum=MOMENTUM, fused=device == "cuda")

    print("epoch," + ",".join(f"seed {s + 1}" for s in range(seeds)))
    for epoch in range(1, options.epochs + 1):
        order = torch.rand(seeds, len(x), device=device).argsort(1)
        for first in range(0, len(x), BATCH):
            rows = order[:, first:first + BATCH]
            logits = layers(x[rows], weights, biases, training=True)
            # The mean over a batch, summed over seeds: each seed gets the gradient that it would have alone.
            loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), y[rows].flatten()) * seeds
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            right = (layers(test_x.expand(seeds, -1, -1), weights, biases, training=False).argmax(2) == test_y).float().mean(1)
        print(f"{epoch}," + ",".join(f"{value:.4f}" for value in right.tolist()))
        sys.stdout.flush()


main()
