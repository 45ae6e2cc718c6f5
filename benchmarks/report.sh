#!/bin/sh
# Measures everything anew and writes benchmarks/results/<processor>/. For a machine that does nothing else.
# With --quick: short rounds and no BenchmarkDotNet, for a look.
set -eu
cd "$(dirname "$0")/.."
quick=${1:-}
numbers=$(mktemp -d)
trap 'rm -rf "$numbers"' EXIT

run() {
  project=$1
  shift
  dotnet run -c Release --project "benchmarks/SparseTraining.Benchmarks.$project" -- "$@"
}

# --quick or nothing, so unquoted.
run Comparison $quick --json "$numbers/comparison.json"
run Comparison $quick --sweep --json "$numbers/sweep.json"
run Training --scale $quick --json "$numbers/scale.json"
if [ -z "$quick" ]; then
  run Training --artifacts "$numbers/training" \
    --filter '*KernelBenchmarks*' '*MethodBenchmarks*' '*ThreadBenchmarks*' '*BatchSizeBenchmarks*' '*RewireBenchmarks*'
  run Inference --artifacts "$numbers/inference" --filter '*PredictBenchmarks*'
fi

set -- "$numbers/comparison.json" "$numbers/sweep.json" "$numbers/scale.json"
for page in "$numbers"/*/results/*-report-github.md; do
  if [ -e "$page" ]; then
    set -- "$@" "$page"
  fi
done
run Report benchmarks/results "$@"
