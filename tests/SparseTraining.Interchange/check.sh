#!/usr/bin/env bash
# Checks safetensors and NPZ against real SciPy, in both directions, and ONNX files with ONNX's own checker. Needs Debian's
# python3-scipy and python3-onnx.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
program="dotnet run -c Release --project tests/SparseTraining.Interchange --"
$program --export "$folder"
/usr/bin/python3 tests/SparseTraining.Interchange/check.py "$folder"
$program --import "$folder"
