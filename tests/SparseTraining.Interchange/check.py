"""Opens exported models with SciPy, predicts with them, and writes them again for .NET to read; asks ONNX's checker about ONNX."""
import glob
import json
import os
import struct
import sys

import numpy as np
import onnx
from scipy import sparse

folder = sys.argv[1]
x = np.fromfile(os.path.join(folder, "inputs.f32"), dtype="<f4")
expected = np.fromfile(os.path.join(folder, "outputs.f32"), dtype="<f4").reshape(-1, 4)
x = x.reshape(len(expected), -1)


def predict(layers, offsets, scales):
    a = (x - offsets) * scales
    for i, (weights, bias) in enumerate(layers):
        z = (weights @ a.T).T + bias
        if i < len(layers) - 1:
            a = np.where(z > 0, z, np.float32(0.1) * z)
        else:
            e = np.exp(z - z.max(axis=1, keepdims=True))
            a = e / e.sum(axis=1, keepdims=True)
    return a


def compare(name, outputs):
    error = np.abs(outputs - expected).max()
    assert error < 1e-5, f"{name}: outputs differ by {error}"
    print(f"{name}: outputs agree within {error:.1e}")


# safetensors, read by hand: this is all that its readers do.
types = {"F32": "<f4", "I32": "<i4", "I64": "<i8"}
with open(os.path.join(folder, "model.safetensors"), "rb") as file:
    header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
    data = file.read()
metadata = header.pop("__metadata__")
tensors = {
    name: np.frombuffer(data[entry["data_offsets"][0]:entry["data_offsets"][1]], types[entry["dtype"]]).reshape(entry["shape"])
    for name, entry in header.items()
}
assert max(e["data_offsets"][1] for e in header.values()) == len(data)
assert metadata["format"] == "SparseTraining CSR 1" and metadata["layers.0.activation"] == "LeakyRelu(0.1)"
assert [metadata[f"classes.{i}"] for i in range(4)] == ["a", "b", "c", "d"]
layers = []
while f"layers.{len(layers)}.data" in tensors:
    p = f"layers.{len(layers)}."
    weights = sparse.csr_matrix((tensors[p + "data"], tensors[p + "indices"], tensors[p + "indptr"]), shape=tensors[p + "shape"])
    weights.check_format(full_check=True)
    assert weights.has_sorted_indices
    layers.append((weights, tensors[p + "bias"]))
compare("safetensors", predict(layers, tensors["scaler.offsets"], tensors["scaler.scales"]))

# NPZ, by SciPy's own reader.
npz = []
for i in range(len(layers)):
    path = os.path.join(folder, "npz", f"layer{i}.npz")
    weights = sparse.load_npz(path)
    assert weights.format == "csr" and (weights != layers[i][0]).nnz == 0
    npz.append((weights, np.load(path)["bias"]))
scaler = np.load(os.path.join(folder, "npz", "scaler.npz"))
compare("npz", predict(npz, scaler["offsets"], scaler["scales"]))

# The way back: wider types, plain and packed archives, and the extra arrays added as NumPy adds them.
for name, save in (("python-npz", np.savez), ("python-npz-packed", np.savez_compressed)):
    os.makedirs(os.path.join(folder, name), exist_ok=True)
    for i, (weights, bias) in enumerate(layers):
        save(os.path.join(folder, name, f"layer{i}.npz"), format=b"csr", shape=np.array(weights.shape), indptr=weights.indptr.astype("<i8"),
             indices=weights.indices, data=weights.data.astype("<f8"), bias=bias)
    save(os.path.join(folder, name, "scaler.npz"), offsets=scaler["offsets"], scales=scaler["scales"])

arrays = {}
for i, (weights, bias) in enumerate(layers):
    arrays.update({f"layers.{i}.bias": bias, f"layers.{i}.data": weights.data, f"layers.{i}.indices": weights.indices.astype("<i8"),
                   f"layers.{i}.indptr": weights.indptr.astype("<i4"), f"layers.{i}.shape": np.array(weights.shape, "<i8")})
arrays.update({"scaler.offsets": scaler["offsets"], "scaler.scales": scaler["scales"]})
names = {"float32": "F32", "int32": "I32", "int64": "I64"}
entries, start = {}, 0
for name, array in arrays.items():
    entries[name] = {"dtype": names[array.dtype.name], "shape": list(array.shape), "data_offsets": [start, start + array.nbytes]}
    start += array.nbytes
text = json.dumps(entries).encode()
with open(os.path.join(folder, "python.safetensors"), "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + b"".join(array.tobytes() for array in arrays.values()))

graphs = sorted(glob.glob(os.path.join(folder, "onnx", "*.onnx")))
assert len(graphs) > 20
for path in graphs:
    try:
        # Inference of shapes, which the full check adds, knows no sparse initializers.
        onnx.checker.check_model(path, full_check=not path.endswith("-Sparse.onnx"))
    except Exception as error:
        sys.exit(f"{os.path.basename(path)}: {error}")
print(f"{len(graphs)} ONNX files pass ONNX's checker, {onnx.__version__}.")
