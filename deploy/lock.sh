#!/bin/bash
# Writes the locks: hashes, but no addresses, so that any mirror serves.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate "$@"
}

compile pyproject.toml --extra window --extra video --extra led -o requirements/player.txt
compile pyproject.toml --extra controller -o requirements/controller.txt
compile pyproject.toml --extra window --extra video --extra led --extra controller --extra dev -o requirements/dev.txt
compile requirements/tools.in -o requirements/tools.txt
compile requirements/node.in -o requirements/node.txt

if command -v npm > /dev/null; then
    npm install --package-lock-only --ignore-scripts
else
    echo "No npm on the PATH: package-lock.json stays as it is."
fi
