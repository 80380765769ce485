#!/bin/sh
# Resolve every requirement anew and write the hashed locks; run after pyproject.toml or a *.in changed.
set -eu
cd "$(dirname "$0")/.."
compile() {
  out=$1
  shift
  .venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-annotate \
    --custom-compile-command "make lock" -o "requirements/$out" "$@"
}
compile run.txt --extra engine --extra web --extra papers --extra ml pyproject.toml
compile dev.txt --extra engine --extra web --extra papers --extra ml --extra bench --extra dev -c requirements/run.txt pyproject.toml
compile spark.txt --extra spark -c requirements/dev.txt pyproject.toml
compile build.txt -c requirements/dev.txt requirements/build.in
compile node.txt requirements/node.in
npm install --package-lock-only
npm install --package-lock-only --prefix tests/browser
